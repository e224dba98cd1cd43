/** The Project resource. */
import { z } from "zod";
import type { CallContext, CreateContext, ResourceDefinition } from "../../kit/resource.ts";
import { type ApiContext, type CircleciClient, segment } from "./client.ts";
import { readSettings, type Settings, settings, writeSettings } from "./project-settings.ts";

const inputs = z.object({
  slug: z
    .string()
    .regex(/^(gh|github|bb|bitbucket)\/[^/]+\/[^/]+$/, "is no slug of a project, such as gh/acme/site")
    .describe("Slug of the project: `gh/<organization>/<repository>`. A change replaces the project."),
  settings: settings.prefault({}),
});

const outputs = inputs.extend({
  name: z.string().describe("Name of the project: the repository's."),
  projectId: z.string().describe("Id of the project, a UUID."),
  organizationId: z.string().describe("Id of its organization, a UUID."),
  organizationName: z.string().describe("Name of its organization."),
  organizationSlug: z.string().describe("Slug of its organization."),
  vcsUrl: z.string().describe("Address of the repository."),
  defaultBranch: z.string().describe("Branch that the repository calls its default."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

const answer = z.object({
  slug: z.string(),
  name: z.string(),
  id: z.string(),
  organization_id: z.string(),
  organization_name: z.string(),
  organization_slug: z.string(),
  vcs_info: z.object({ vcs_url: z.string(), default_branch: z.string() }),
});
type Answer = z.infer<typeof answer>;

/** A repository that CircleCI builds. */
export const project: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: "circleci:index:Project",
  description:
    "A project that CircleCI follows (CircleCI API v2, Project; following: CircleCI API v1.1), with its advanced settings. " +
    "Import by slug: `gh/acme/site`.",
  inputs,
  outputs,
  replaceOnChanges: ["slug"],
  create,
  async read(call, slug, prior) {
    const found = await find(call, slug);
    const current = found && (await readSettings(call, slug));
    if (!found || !current) return undefined;
    const declared = { slug: prior?.inputs.slug ?? found.slug, settings: current };
    return { id: declared.slug, inputs: declared, outputs: describe(declared, found) };
  },
  async update(call, slug, prior, declared) {
    await writeSettings(call, slug, declared.settings);
    return { ...prior.outputs, ...declared };
  },
  delete: (call, slug) => call.client.remove(call, projectPath(slug)),
};

/** Following a project that is followed already changes nothing, so a lost answer is no danger: it is sent again. */
async function create(
  call: CreateContext<CircleciClient, Outputs>,
  declared: Inputs,
): Promise<{ id: string; outputs: Outputs }> {
  const { slug } = declared;
  await follow(call, slug);
  const followed = await find(call, slug);
  if (!followed) {
    throw new Error(
      `CircleCI says it follows ${slug}, but shows no such project; check that its OAuth app may see the repository`,
    );
  }
  const unsafe: Settings | undefined = await readSettings(call, slug);
  call.created(slug, describe({ slug, settings: unsafe ?? declared.settings }, followed));
  await writeSettings(call, slug, declared.settings);
  return { id: slug, outputs: describe(declared, followed) };
}

/** "CircleCI API v1.1", Follow a new project on CircleCI: what starts the builds of an OAuth organization's repository. */
async function follow(call: CallContext<CircleciClient>, slug: string): Promise<void> {
  const [host = "", organization = "", repository = ""] = slug.split("/");
  const vcs = host.startsWith("b") ? "bitbucket" : "github";
  const path = `/api/v1.1/project/${vcs}/${segment(organization)}/${segment(repository)}/follow`;
  await call.client.send(call, "POST", path, { body: {}, repeatable: true });
}

function find(api: ApiContext, slug: string): Promise<Answer | undefined> {
  return api.client.find(api, projectPath(slug), answer);
}

function describe(declared: Inputs, found: Answer): Outputs {
  return {
    ...declared,
    name: found.name,
    projectId: found.id,
    organizationId: found.organization_id,
    organizationName: found.organization_name,
    organizationSlug: found.organization_slug,
    vcsUrl: found.vcs_info.vcs_url,
    defaultBranch: found.vcs_info.default_branch,
  };
}

function projectPath(slug: string): string {
  return `/api/v2/project/${slug.split("/").map(segment).join("/")}`;
}
