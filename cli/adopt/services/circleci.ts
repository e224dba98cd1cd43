/** The project at CircleCI, and the context that its jobs take their variables from. */
import { z } from "zod";
import type { ContextVariableName } from "../../../infra/shared/circleci-config-yml.ts";
import type { ApiContext } from "../../../providers/circleci/plugin/client.ts";
import { contextPath } from "../../../providers/circleci/plugin/context-api.ts";
import { findProject, projectPath } from "../../../providers/circleci/plugin/project-api.ts";
import { circleciClient } from "../../services/circleci.ts";
import { type Around, absent, leftOut } from "../around.ts";
import { type Finding, type Masked, nothing, type Setting } from "../finding.ts";
import { chooseContext } from "./circleci-context.ts";
import type { FoundRepository } from "./github.ts";

const variable = z.object({ variable: z.string() });
const projectVariable = z.object({ name: z.string(), value: z.string() });
const restriction = z.object({ id: z.string(), restriction_type: z.string(), restriction_value: z.string() });
const checkoutKey = z.object({ type: z.string(), fingerprint: z.string() });

const STAYS = "It stays at CircleCI, which never shows it, and the chain leaves it alone.";

/** Where the chain has a variable's value from, once it sets the context's variables itself. */
const SOURCES: Readonly<Record<ContextVariableName, string>> = {
  RENDER_API_KEY: "CI_RENDER_API_KEY or RENDER_API_KEY of the environment",
  SENTRY_AUTH_TOKEN: "CI_SENTRY_AUTH_TOKEN or SENTRY_AUTH_TOKEN of the environment",
  REGISTRY_USERNAME: "image.username",
  REGISTRY_PASSWORD: "image.password",
  RENDER_SERVICE_ID: "the site",
  SENTRY_DSN: "the site's key at Sentry",
  SENTRY_ENVIRONMENT: "the environment's name",
  DELIVERY_HOLD: "image.hold",
};

/** Finds them. Throws UserError when one is named and not there, or the context is not clear. */
export async function findPipeline(around: Around, repository: FoundRepository): Promise<Finding> {
  const { given, names, env, signal } = around;
  const reason = leftOut(around, "pipeline", given.project, "CIRCLE_TOKEN");
  if (reason) return nothing("pipeline", reason);
  const organization = organizationOf(around);
  if (!organization) return nothing("pipeline", "not looked for: nothing says whose it is (--project gh/owner/name)");
  const slug = given.project ?? `${organization}/${names.repository}`;
  const api: ApiContext = { client: circleciClient(env), signal };
  const project = await findProject(api, slug);
  if (!project && given.project) throw absent(`CircleCI project ${slug}`, "--project");
  if (!project) return nothing("pipeline", `CircleCI does not follow ${slug}`);

  const [context, keys, variables] = await Promise.all([
    chooseContext(around, api, organization, repository.pipeline),
    api.client.list(api, `${projectPath(slug)}/checkout-key`, checkoutKey),
    api.client.list(api, `${projectPath(slug)}/envvar`, projectVariable),
  ]);
  const restrictions = context
    ? await api.client.list(api, `${contextPath(context.id)}/restrictions`, restriction)
    : [];
  const ours = restrictions.find(
    ({ restriction_type: type, restriction_value: value }) => type === "project" && value === project.id,
  );
  const held = context ? await api.client.list(api, `${contextPath(context.id)}/environment-variable`, variable) : [];
  const branch = repository.defaultBranch;
  return {
    place: `CircleCI ${slug}`,
    settings: [
      { key: "pipeline.organization", value: organization },
      ...(branch ? [{ key: "pipeline.branch", value: branch === "main" ? undefined : branch }] : []),
      { key: "pipeline.context", value: context?.name ?? "off", ...(!context && { note: "none was found" }) },
      ...contextVariables(around),
      { key: "pipeline.restrictContext", value: context && !ours ? false : undefined },
    ],
    ids: {
      pipeline: slug,
      ...(context && { context: context.id }),
      ...(context && ours && { "context-project": `${context.id}/${ours.id}` }),
    },
    masked: [
      ...held.map(
        ({ variable: name }): Masked => ({ holder: `CircleCI's context ${context?.name}`, name, advice: advice(name) }),
      ),
      ...variables.map(
        ({ name, value }): Masked => ({ holder: `CircleCI's project ${slug}`, name, shown: value, advice: STAYS }),
      ),
    ],
    notes:
      keys.length > 0
        ? [
            `CircleCI checks ${slug} out with ${keys.map(({ type, fingerprint }) => `a ${type} (${fingerprint})`).join(", ")}, which is left alone.`,
          ]
        : [`CircleCI has no checkout key for ${slug}.`],
  };
}

/** `gh/acme`, from the named project, the stack's file, or the repository's owner. */
function organizationOf({ given, names, configured }: Around): string | undefined {
  const named = given.project?.split("/").slice(0, 2).join("/");
  return named ?? (configured("pipeline.organization") as string | undefined) ?? (names.owner && `gh/${names.owner}`);
}

function advice(name: string): string {
  const source = SOURCES[name as ContextVariableName];
  if (source === undefined) return STAYS;
  return (
    `It stays as it is. With \`pipeline.contextVariables: managed\` the chain writes its own, from ${source}: enter that, ` +
    "and delete the variable at CircleCI just before the `up`."
  );
}

/** Values that cannot be read are not declared, until the team says so. */
function contextVariables(around: Around): Setting[] {
  if (around.configured("pipeline.contextVariables") === "managed") return [];
  if (around.isInState("context-SENTRY_ENVIRONMENT") || around.isInState("context-RENDER_SERVICE_ID")) return [];
  return [{ key: "pipeline.contextVariables", value: "off", note: "CircleCI never shows their values" }];
}
