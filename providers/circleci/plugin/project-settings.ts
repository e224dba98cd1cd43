/** The advanced settings of a project: our names, our safe defaults, and CircleCI's own names. */
import { z } from "zod";
import { type AdvancedAnswer, settingsAnswer } from "./answers.ts";
import type { ApiContext } from "./client.ts";
import { projectPath } from "./project-api.ts";

/** A setting with the value it takes when the program says nothing. */
const flag = (safe: boolean, description: string) => z.boolean().default(safe).describe(description);

/** CircleCI's own defaults give secrets to forks; these do not ("CircleCI API v2", Update project settings). */
export const settings = z
  .object({
    autocancelBuilds: flag(true, "Whether a newer push cancels the running pipeline of its branch."),
    buildForkPrs: flag(false, "Whether pull requests from forks are built."),
    buildPrsOnly: flag(false, "Whether only branches with a pull request are built."),
    disableSsh: flag(false, "Whether re-running a job with SSH is refused."),
    forksReceiveSecretEnvVars: flag(
      false,
      "Whether builds of forks get the project's variables and keys. Not for GitHub App projects.",
    ),
    oss: flag(false, "Whether everybody may see the builds of a public repository. Not for GitHub App projects."),
    setGithubStatus: flag(true, "Whether GitHub is told the state of each job: required checks wait for it."),
    setupWorkflows: flag(false, "Whether a setup workflow may generate the rest of the pipeline."),
    writeSettingsRequiresAdmin: flag(true, "Whether only administrators may change these settings."),
    prOnlyBranchOverrides: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe("With buildPrsOnly, branches that are built all the same. Left as they are when absent."),
  })
  .describe("Advanced settings; all of them are enforced, with the defaults named there.");

export type Settings = z.infer<typeof settings>;

const VENDOR_NAMES = {
  autocancelBuilds: "autocancel_builds",
  buildForkPrs: "build_fork_prs",
  buildPrsOnly: "build_prs_only",
  disableSsh: "disable_ssh",
  forksReceiveSecretEnvVars: "forks_receive_secret_env_vars",
  oss: "oss",
  setGithubStatus: "set_github_status",
  setupWorkflows: "setup_workflows",
  writeSettingsRequiresAdmin: "write_settings_requires_admin",
} as const satisfies Record<keyof Omit<Settings, "prOnlyBranchOverrides">, string>;

const FLAGS = Object.keys(VENDOR_NAMES) as (keyof typeof VENDOR_NAMES)[];

/**
 * The settings of a project as CircleCI has them, the branches only when they are declared. Throws ServiceError, also
 * when there is no such project.
 */
export async function readSettings(api: ApiContext, slug: string, declared?: Settings): Promise<Settings> {
  const found = await api.client.call(api, "GET", settingsPath(slug), settingsAnswer);
  return toSettings(found.advanced, declared);
}

/** Writes all settings that are declared. */
export async function writeSettings(api: ApiContext, slug: string, declared: Settings): Promise<void> {
  const { prOnlyBranchOverrides: branches, oss } = declared;
  const flags = FLAGS.filter((name) => name !== "oss").map((name) => [VENDOR_NAMES[name], declared[name]]);
  const body = { advanced: { ...Object.fromEntries(flags), ...(branches && { pr_only_branch_overrides: branches }) } };
  const written = await api.client.call(api, "PATCH", settingsPath(slug), settingsAnswer, { body, repeatable: true });
  if ((written.advanced["oss"] ?? false) !== oss) await writeOpenSource(api, slug, oss);
}

/** API v2 shows this setting and does not take it ("CircleCI API v1.1", project settings). */
async function writeOpenSource(api: ApiContext, slug: string, oss: boolean): Promise<void> {
  const path = settingsPath(slug).replace("/api/v2/", "/api/v1.1/");
  await api.client.send(api, "PUT", path, { body: { feature_flags: { oss } } });
}

/** What CircleCI leaves out is taken to be as declared: nobody has said anything else. */
function toSettings(found: AdvancedAnswer, declared: Settings | undefined): Settings {
  const flags = FLAGS.map((name) => [name, (found[VENDOR_NAMES[name]] ?? declared?.[name]) === true]);
  const branches = declared?.prOnlyBranchOverrides && found.pr_only_branch_overrides;
  return { ...(Object.fromEntries(flags) as Settings), ...(branches && { prOnlyBranchOverrides: branches }) };
}

function settingsPath(slug: string): string {
  return `${projectPath(slug)}/settings`;
}
