/** What GitHub refuses when a repository is created or changed. */
import type { z } from "zod";
import { type FieldError, validationFailed } from "./errors.ts";
import type { Github } from "./github.ts";
import { findBranch, listBranches } from "./history.ts";
import type { Repository, RepositorySettings, updateRepositoryBody } from "./repository.ts";
import { findRepository } from "./repository-search.ts";

type SecurityRequest = NonNullable<z.output<typeof updateRepositoryBody>["security_and_analysis"]>;

const MAX_NAME_LENGTH = 100;

/** Title and message defaults that go together; any other pair is refused. */
const SQUASH_PAIRS = [
  "PR_TITLE/PR_BODY",
  "PR_TITLE/BLANK",
  "PR_TITLE/COMMIT_MESSAGES",
  "COMMIT_OR_PR_TITLE/COMMIT_MESSAGES",
];
const MERGE_PAIRS = ["PR_TITLE/PR_BODY", "PR_TITLE/BLANK", "MERGE_MESSAGE/PR_TITLE"];

/** The name that GitHub gives: a dash for each character that a name cannot have. Throws 422 for a name in use. */
export function checkedName(github: Github, owner: string, name: string, docs: string, self?: Repository): string {
  const error = (code: FieldError["code"], message: string): Error =>
    validationFailed([{ resource: "Repository", code, field: "name", message }], docs);
  const clean = name.replace(/[^A-Za-z0-9._-]+/g, "-");
  if (clean === "") throw error("custom", "name is too short (minimum is 1 character)");
  if (clean.length > MAX_NAME_LENGTH)
    throw error("custom", `name is too long (maximum is ${MAX_NAME_LENGTH} characters)`);
  if (clean === "." || clean === "..") throw error("custom", `name ${clean} is reserved`);
  const existing = findRepository(github, owner, clean);
  if (existing && existing.id !== self?.id) throw error("custom", "name already exists on this account");
  return clean;
}

/** Throws 422 unless the branch exists. */
export function checkDefaultBranch(github: Github, repository: Repository, branch: string, docs: string): void {
  const refuse = (message: string): Error =>
    validationFailed([{ resource: "Repository", code: "invalid", field: "default_branch", message }], docs);
  if (listBranches(github, repository).length === 0) {
    throw refuse("Cannot update default branch for an empty repository. Please init the repository and push first.");
  }
  if (!findBranch(github, repository, branch)) {
    throw refuse(`The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`);
  }
}

/** Throws 422 for merge settings that contradict each other. */
export function checkMergeSettings(settings: RepositorySettings, docs: string): void {
  const refuse = (field: string, message: string): Error =>
    validationFailed([{ resource: "Repository", code: "custom", field, message }], docs);
  if (!settings.allow_merge_commit && !settings.allow_squash_merge && !settings.allow_rebase_merge) {
    throw refuse("merge_commit_allowed", "Sorry, you need to allow at least one merge strategy. (no_merge_method)");
  }
  const squash = `${settings.squash_merge_commit_title}/${settings.squash_merge_commit_message}`;
  if (!SQUASH_PAIRS.includes(squash)) {
    throw refuse(
      "squash_merge_commit_title",
      `Sorry, ${squash} is not a combination that is allowed. (invalid_squash_merge_commit_setting_combo)`,
    );
  }
  const merge = `${settings.merge_commit_title}/${settings.merge_commit_message}`;
  if (!MERGE_PAIRS.includes(merge)) {
    throw refuse(
      "merge_commit_title",
      `Sorry, ${merge} is not a combination that is allowed. (invalid_merge_commit_setting_combo)`,
    );
  }
}

/** The stored form of `security_and_analysis`. Throws 422 for what the plan or the visibility does not offer. */
export function checkedSecurity(
  settings: RepositorySettings,
  request: SecurityRequest,
  docs: string,
): Partial<Repository> {
  const refuse = (message: string): Error =>
    validationFailed([{ resource: "Repository", code: "custom", field: "security_and_analysis", message }], docs);
  if (request.advanced_security) {
    throw refuse(
      settings.visibility === "public"
        ? "Advanced security is always available for public repos."
        : "Advanced security has not been purchased.",
    );
  }
  const wantsScanning = [request.secret_scanning, request.secret_scanning_push_protection];
  if (settings.visibility !== "public" && wantsScanning.some((toggle) => toggle?.status === "enabled")) {
    throw refuse("Secret scanning is not available for this repository.");
  }
  const isOn = (toggle: { status: string }): boolean => toggle.status === "enabled";
  return {
    ...(request.secret_scanning && { secretScanning: isOn(request.secret_scanning) }),
    ...(request.secret_scanning_push_protection && {
      secretScanningPushProtection: isOn(request.secret_scanning_push_protection),
    }),
    ...(request.dependabot_security_updates && {
      automatedSecurityFixes: isOn(request.dependabot_security_updates),
    }),
  };
}
