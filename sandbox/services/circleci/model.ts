/** What emulated CircleCI remembers. */

/** An organization. `gh/<name>` is connected by GitHub OAuth, `circleci/<fragment>` by the GitHub App. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: "oauth" | "app";
  /** Whether it stands for the user's own account. */
  readonly isPersonal?: boolean;
}

/** The advanced settings of a project, as the API spells them. */
export interface AdvancedSettings {
  readonly autocancel_builds: boolean;
  readonly build_fork_prs: boolean;
  readonly build_prs_only: boolean;
  readonly disable_ssh: boolean;
  readonly forks_receive_secret_env_vars: boolean;
  readonly oss: boolean;
  readonly set_github_status: boolean;
  readonly setup_workflows: boolean;
  readonly write_settings_requires_admin: boolean;
  readonly pr_only_branch_overrides: readonly string[];
}

export interface Project {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly organizationId: string;
  /** GitHub's id of an OAuth organization's repository, whose name the project follows; undefined when nobody tells. */
  readonly repositoryId?: string | undefined;
  /** False after an unfollow: the project is hidden and keeps what it had. */
  readonly followed: boolean;
  readonly settings: AdvancedSettings;
}

export interface ProjectVariable {
  readonly projectId: string;
  readonly name: string;
  readonly value: string;
  readonly createdAt: string;
}

export interface CheckoutKey {
  readonly projectId: string;
  readonly publicKey: string;
  readonly type: "deploy-key" | "github-user-key";
  readonly md5: string;
  readonly sha256: string;
  readonly createdAt: string;
}

export interface Context {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
  readonly createdAt: string;
}

export interface ContextVariable {
  readonly contextId: string;
  readonly name: string;
  readonly value: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ContextRestriction {
  readonly id: string;
  readonly contextId: string;
  readonly type: "project" | "expression" | "group";
  readonly value: string;
}

export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly verifyTls: boolean;
  readonly signingSecret: string;
  readonly projectId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A repository as an App project names it: by GitHub's numeric id. */
export interface RepositoryReference {
  readonly full_name: string;
  readonly external_id: string;
}

export interface PipelineDefinition {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly configSource: { provider: string; repo?: RepositoryReference; file_path: string };
  readonly checkoutSource: { provider: string; repo: RepositoryReference };
}

export interface Trigger {
  readonly id: string;
  readonly projectId: string;
  readonly definitionId: string;
  readonly createdAt: string;
  readonly provider: string;
  readonly repo?: RepositoryReference;
  readonly webhookSender?: string;
  readonly eventName?: string;
  readonly eventPreset?: string;
  readonly checkoutRef: string;
  readonly configRef: string;
  readonly disabled: boolean;
}
