/** The project at CircleCI, with the context that its jobs take their variables from. */
import {
  type CheckoutKeyAnswer,
  checkoutKeyAnswer,
  projectVariableAnswer,
} from "../../../providers/circleci/plugin/answers.ts";
import type { ApiContext } from "../../../providers/circleci/plugin/client.ts";
import { visibleOrganizations } from "../../../providers/circleci/plugin/organizations.ts";
import { findProject, projectPath } from "../../../providers/circleci/plugin/project-api.ts";
import { canonicalSlug } from "../../../providers/circleci/slug.ts";
import { circleciClient } from "../../services/circleci.ts";
import { UserError } from "../../user-error.ts";
import { type Around, absent, leftOut } from "../around.ts";
import { type Finding, type Masked, nothing } from "../finding.ts";
import { findContext } from "./circleci-context.ts";
import type { FoundRepository } from "./github.ts";

const FLAG = "--project";
const STAYS = "It stays at CircleCI, which never shows it, and the chain leaves it alone.";

/** Finds them. Throws UserError when one is named and not there, or the context is not clear. */
export async function findPipeline(around: Around, repository: FoundRepository): Promise<Finding> {
  const { given, names, env, signal } = around;
  const reason = leftOut(around, "pipeline", given.project);
  if (reason) return nothing("pipeline", reason);
  const wanted = organizationOf(around);
  if (!wanted) return nothing("pipeline", `not looked for: nothing says whose it is (${FLAG} gh/owner/name)`);
  if (!wanted.startsWith("gh/"))
    throw new UserError(
      `${given.project ?? wanted} is no project of an OAuth organization (gh/...), and the chain declares no other. Nothing was changed.`,
      `Leave CircleCI out by \`${FLAG} off\`.`,
    );
  const api: ApiContext = { client: circleciClient(env), signal };
  const { organization, slug } = await spelled(api, wanted, around, repository);
  const project = await findProject(api, slug);
  if (!project && given.project) throw absent(`CircleCI project ${slug}`, FLAG);
  if (!project) return nothing("pipeline", `CircleCI does not follow ${slug}; capitals count there`);

  const [context, keys, variables] = await Promise.all([
    findContext(around, api, { organization, projectId: project.id, pipeline: repository.pipeline }),
    api.client.list(api, `${projectPath(slug)}/checkout-key`, checkoutKeyAnswer),
    api.client.list(api, `${projectPath(slug)}/envvar`, projectVariableAnswer),
  ]);
  const branch = repository.defaultBranch;
  // Without a repository the program follows one of the application's name.
  const isNamedElsewhere = repository.place === undefined && slug !== `${organization}/${names.application}`;
  return {
    place: `CircleCI ${slug}`,
    settings: [
      { key: "pipeline.organization", value: organization },
      ...(branch ? [{ key: "pipeline.branch", value: branch === "main" ? undefined : branch }] : []),
      ...context.settings,
      ...(isNamedElsewhere ? [{ key: "asFound.pipeline.slug", value: slug }] : []),
    ],
    ids: { pipeline: slug, ...context.ids },
    masked: [
      ...context.masked,
      ...variables.map(
        ({ name, value }): Masked => ({ holder: `CircleCI's project ${slug}`, name, shown: value, advice: STAYS }),
      ),
    ],
    notes: [noteOfKeys(slug, keys), ...context.notes],
  };
}

function noteOfKeys(slug: string, keys: readonly CheckoutKeyAnswer[]): string {
  if (keys.length === 0) return `CircleCI has no checkout key for ${slug}.`;
  const named = keys.map(({ type, fingerprint }) => `a ${type} (${fingerprint})`).join(", ");
  return `CircleCI checks ${slug} out with ${named}, which is left alone.`;
}

/** `gh/acme`, from the named project, the stack's file, or the repository's owner. */
function organizationOf({ given, names, configured }: Around): string | undefined {
  const named = given.project?.split("/").slice(0, 2).join("/");
  const slug = named ?? (configured("pipeline.organization") as string | undefined);
  return slug === undefined ? names.owner && `gh/${names.owner}` : canonicalSlug(slug);
}

/**
 * The organization and the project as CircleCI has them. It tells capitals from small letters and took its names from
 * GitHub, which does not: so GitHub's own spelling decides, and without a repository the one that CircleCI lists.
 */
async function spelled(
  api: ApiContext,
  organization: string,
  { given, names }: Around,
  { fullName }: FoundRepository,
): Promise<{ readonly organization: string; readonly slug: string }> {
  const name = fullName?.split("/")[1] ?? names.repository;
  const project = given.project === undefined ? `${organization}/${name}` : canonicalSlug(given.project);
  const known = [
    ...(fullName === undefined ? [] : [`gh/${fullName}`]),
    ...(await visibleOrganizations(api)).map(({ slug }) => canonicalSlug(slug)),
  ];
  const whole = known.find((slug) => isSameName(slug, project));
  const owner = known.map(organizationIn).find((slug) => isSameName(slug, organization)) ?? organization;
  return { organization: owner, slug: whole ?? `${owner}/${project.split("/").slice(2).join("/")}` };
}

function organizationIn(slug: string): string {
  return slug.split("/").slice(0, 2).join("/");
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
