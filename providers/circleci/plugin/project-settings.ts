/** The advanced settings of a project: our names, our safe defaults, and CircleCI's own names. */
import { z } from "zod";
import { type ApiContext, segment } from "./client.ts";

/** A setting with the value it takes when the program says nothing. */
const flag = (safe: boolean, description: string) =>
  z.boolean().default(safe).describe(`${description} Default ${safe}.`);

/** CircleCI's own defaults give secrets to forks; these do not ("CircleCI API v2", Update project settings). */
export const settings = z
  .object({
    autocancelBuilds: flag(true, "Whether a newer push cancels the running pipeline of its branch."),
    buildForkPrs: flag(false, "Whether pull requests from forks are built."),
    buildPrsOnly: flag(false, "Whether only branches with a pull request are built."),
    disableSsh: flag(false, "Whether re-running a job with SSH is refused."),
    forksReceiveSecretEnvVars: flag(false, "Whether builds of forks get the project's variables and keys."),
    setGithubStatus: flag(true, "Whether GitHub is told the state of each job: required checks wait for it."),
    setupWorkflows: flag(false, "Whether a setup workflow may generate the rest of the pipeline."),
    writeSettingsRequiresAdmin: flag(true, "Whether only administrators may change these settings."),
  })
  .describe("Advanced settings; all of them are enforced, with the defaults named there.");

export type Settings = z.infer<typeof settings>;

const VENDOR_NAMES = {
  autocancelBuilds: "autocancel_builds",
  buildForkPrs: "build_fork_prs",
  buildPrsOnly: "build_prs_only",
  disableSsh: "disable_ssh",
  forksReceiveSecretEnvVars: "forks_receive_secret_env_vars",
  setGithubStatus: "set_github_status",
  setupWorkflows: "setup_workflows",
  writeSettingsRequiresAdmin: "write_settings_requires_admin",
} as const satisfies Record<keyof Settings, string>;

const NAMES = Object.keys(VENDOR_NAMES) as (keyof Settings)[];
const answer = z.object({ advanced: z.record(z.string(), z.unknown()) });

/** The settings of a project as CircleCI has them; undefined when there is no such project. */
export async function readSettings(api: ApiContext, slug: string): Promise<Settings | undefined> {
  const found = await api.client.find(api, settingsPath(slug), answer);
  if (!found) return undefined;
  const entries = NAMES.map((name) => [name, found.advanced[VENDOR_NAMES[name]] === true]);
  return Object.fromEntries(entries) as Settings;
}

/** Writes all settings. */
export async function writeSettings(api: ApiContext, slug: string, wanted: Settings): Promise<void> {
  const advanced = Object.fromEntries(NAMES.map((name) => [VENDOR_NAMES[name], wanted[name]]));
  await api.client.send(api, "PATCH", settingsPath(slug), { body: { advanced }, repeatable: true });
}

/** This route takes the three parts of a slug as parts of its path. */
function settingsPath(slug: string): string {
  return `/api/v2/project/${slug.split("/").map(segment).join("/")}/settings`;
}
