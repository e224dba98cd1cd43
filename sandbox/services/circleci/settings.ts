/** The advanced settings of a project: API v2's, and the one flag that only API v1.1 writes. */
import type { Hono } from "hono";
import { z } from "zod";
import { readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import type { AdvancedSettings } from "./model.ts";
import { onProject, ownerOf, projectOf } from "./slugs.ts";

/**
 * What the API answers for a project that was made a moment ago ("Get project settings"). Secrets go to forks:
 * a new project is not safe by itself.
 */
export const newProjectSettings: AdvancedSettings = {
  autocancel_builds: false,
  build_fork_prs: false,
  build_prs_only: false,
  disable_ssh: false,
  forks_receive_secret_env_vars: true,
  oss: false,
  set_github_status: true,
  setup_workflows: true,
  write_settings_requires_admin: false,
  pr_only_branch_overrides: ["main"],
};

const MAX_BRANCH_OVERRIDES = 100;

/** `oss` is absent: API v2 answers it and refuses to take it, as it refuses every field that it does not know. */
const update = z.strictObject({
  advanced: z
    .strictObject({
      autocancel_builds: z.boolean(),
      build_fork_prs: z.boolean(),
      build_prs_only: z.boolean(),
      disable_ssh: z.boolean(),
      forks_receive_secret_env_vars: z.boolean(),
      set_github_status: z.boolean(),
      setup_workflows: z.boolean(),
      write_settings_requires_admin: z.boolean(),
      pr_only_branch_overrides: z.array(z.string()),
    })
    .partial()
    .optional(),
});

const featureFlags = z.object({ feature_flags: z.object({ oss: z.boolean() }) });

/** Adds the routes. */
export function settingsRoutes(app: Hono, circleci: Circleci): void {
  onProject(app, "GET", "/settings", (c, slug) => c.json({ advanced: projectOf(circleci, slug).settings }));

  onProject(app, "PATCH", "/settings", async (c, slug) => {
    const body = await readBody(c, update);
    const project = projectOf(circleci, slug);
    if (Object.keys(body).length === 0) refuse(400, "No JSON fields found.");
    const { pr_only_branch_overrides: branches = [], ...flags } = body.advanced ?? {};
    if (branches.length > MAX_BRANCH_OVERRIDES) {
      refuse(400, `Field 'pr_only_branch_overrides' only supports up to ${MAX_BRANCH_OVERRIDES} branches.`);
    }
    // An App project never lets forks have secrets. The service writes the other fields before it says so.
    const denied = ownerOf(circleci, project).kind === "app" && flags.forks_receive_secret_env_vars === true;
    const settings: AdvancedSettings = Object.assign(
      { ...project.settings },
      flags,
      denied && { forks_receive_secret_env_vars: project.settings.forks_receive_secret_env_vars },
      // An empty list is accepted and changes nothing.
      branches.length > 0 && { pr_only_branch_overrides: branches },
    );
    circleci.projects.put(project.id, { ...project, settings });
    if (denied) refuse(403, "Permission denied.");
    return c.json({ advanced: settings });
  });

  app.put("/api/v1.1/project/:vcs/:organization/:repository/settings", async (c) => {
    const { vcs, organization, repository } = c.req.param();
    const { oss } = (await readBody(c, featureFlags)).feature_flags;
    const project = projectOf(circleci, `${vcs}/${organization}/${repository}`);
    if (ownerOf(circleci, project).kind === "app") {
      refuse(422, "Feature flag 'oss' is not settable for this project.");
    }
    circleci.projects.put(project.id, { ...project, settings: { ...project.settings, oss } });
    return c.json("");
  });
}
