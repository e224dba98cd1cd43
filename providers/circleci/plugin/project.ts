/** The Project resource. */
import { alreadyExists } from "../../kit/existing.ts";
import type { CreateContext, ResourceDefinition } from "../../kit/resource.ts";
import { canonicalSlug } from "../slug.ts";
import type { ProjectAnswer } from "./answers.ts";
import type { ApiContext, CircleciClient } from "./client.ts";
import { newProject } from "./new-project.ts";
import { findProject, followProject, knownProject, projectPath } from "./project-api.ts";
import { isRename, untilRenamed } from "./project-rename.ts";
import { checkProject, type Inputs, inputs, type Outputs, outputs } from "./project-schema.ts";
import { readSettings, writeSettings } from "./project-settings.ts";
import { remove } from "./removal.ts";
import { slugsIn } from "./spelling.ts";
import { upsert } from "./upsert.ts";

const TOKEN = "circleci:index:Project";

/** A repository that CircleCI builds. */
export const project: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A project with its advanced settings (CircleCI API v2, Project): a repository of an OAuth organization, followed " +
    "(CircleCI API v1.1), or a project of a GitHub App organization. Deleting it takes its variables, keys and build " +
    "history from CircleCI and leaves the repository; `retainOnDelete` leaves all. Import by slug: `gh/acme/site`.",
  inputs,
  outputs,
  replaceOnChanges: ["slug", "organization", "name"],
  isChange: slugsIn("slug", "organization"),
  replaces: ([name], prior, { slug }) => name !== "slug" || !isRename(prior.outputs.slug ?? prior.inputs.slug, slug),
  unstable: (changed) => (changed.includes("slug") ? ["name", "vcsUrl"] : []),
  check: checkProject,
  create,
  async read(call, id, prior) {
    const slug = slugOf(id, prior?.outputs);
    const found = await (prior ? knownProject(call, slug, prior.outputs.projectId) : findProject(call, slug));
    if (!found) return undefined;
    const current = await readSettings(call, slug, prior?.inputs.settings);
    const declared = { ...(prior?.inputs ?? { slug: found.slug }), settings: current };
    return { id: prior ? slug : found.slug, inputs: declared, outputs: describe(declared, found) };
  },
  async update(call, id, prior, declared) {
    const before = slugOf(id, prior.outputs);
    const slug = declared.slug ?? before;
    if (canonicalSlug(slug) !== canonicalSlug(before))
      await untilRenamed(call, { ...prior.outputs, slug: before }, slug);
    // Nobody knows whether the request that should have made it took effect.
    if (prior.outputs.projectId === undefined) await upsert(call, { send: () => followProject(call, slug) });
    await writeSettings(call, slug, declared.settings);
    return describe(declared, await shown(call, slug));
  },
  delete: (call, id, { outputs }) => {
    const slug = slugOf(id, outputs);
    const isThere = async () => (await knownProject(call, slug, outputs.projectId)) !== undefined;
    return remove(call, projectPath(slug), isThere);
  },
};

/** The engine keeps the id that a project had before its repository was renamed, until the next refresh. */
function slugOf(id: string, outputs: Partial<Outputs> | undefined): string {
  return outputs?.slug ?? id;
}

async function create(
  call: CreateContext<CircleciClient, Outputs>,
  declared: Inputs,
): Promise<{ id: string; outputs: Outputs }> {
  const { slug, organization, name } = declared;
  if (slug !== undefined) {
    await follow(call, slug);
    call.created(slug, { slug });
    return await finish(call, declared, await shown(call, slug));
  }
  if (organization === undefined || name === undefined) {
    throw new Error("the project is named neither by slug nor by organization and name: give one of the two");
  }
  return await finish(call, declared, await newProject(call, TOKEN, organization, name));
}

/** Keeps what is known of the project before the settings can fail. */
async function finish(call: CreateContext<CircleciClient, Outputs>, declared: Inputs, found: ProjectAnswer) {
  const id = declared.slug ?? found.slug;
  const outputs = describe(declared, found);
  call.created(id, outputs);
  await writeSettings(call, id, declared.settings);
  return { id, outputs };
}

async function follow(call: CreateContext<CircleciClient, Outputs>, slug: string): Promise<void> {
  const before = await findProject(call, slug);
  if (before) throw alreadyExists({ kind: "CircleCI project", token: TOKEN, name: slug, importId: before.slug });
  if (slug.startsWith("circleci/")) {
    throw new Error(
      `there is no project ${slug}, and CircleCI makes such slugs itself: give organization and name instead`,
    );
  }
  // Following twice is following once.
  await upsert(call, { send: () => followProject(call, slug), maybeMade: () => call.created(slug, { slug }) });
}

async function shown(api: ApiContext, slug: string): Promise<ProjectAnswer> {
  const found = await findProject(api, slug);
  if (found) return found;
  throw new Error(`CircleCI shows no project ${slug}; check that its OAuth app may see the repository`);
}

function describe(declared: Inputs, found: ProjectAnswer): Outputs {
  const { vcs_url: vcsUrl = "", default_branch: defaultBranch = "" } = found.vcs_info ?? {};
  return {
    ...declared,
    slug: declared.slug ?? found.slug,
    name: found.name,
    projectId: found.id,
    organizationId: found.organization_id,
    organizationName: found.organization_name,
    organizationSlug: found.organization_slug,
    vcsUrl,
    defaultBranch,
  };
}
