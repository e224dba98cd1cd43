/** Whether Render's names are free. Render itself takes a name twice; the chain does not. */
import { projectsNamed } from "../../../providers/render/plugin/api/projects.ts";
import { credentialsNamed } from "../../../providers/render/plugin/api/registry-credentials.ts";
import { servicesNamed } from "../../../providers/render/plugin/api/services.ts";
import { renderClient } from "../../services/render.ts";
import { partCheck } from "../check.ts";
import { type Facts, inState } from "../facts.ts";
import { type Finding, ok, problem } from "../finding.ts";
import { ADOPT } from "../names.ts";

interface Named {
  readonly kind: string;
  readonly name: string;
  /** Type of the resource that would have it. */
  readonly type: string;
  readonly found: Promise<readonly { readonly id: string }[]>;
}

export const renderNames = partCheck("site", {
  id: "render-names",
  area: "Render",
  title: "names",
  asks: "`GET /v1/services`, `GET /v1/projects` and `GET /v1/registrycredentials`, each with the name, and the stack's state.",
  finds: "A service, project or registry credential of the name exists and is not in the stack.",
  needs: ["render-workspace"],
  async run({ name, ownerId, project }, { facts, env, signal, configuration }) {
    const api = { client: renderClient(env), signal };
    const { application, declares, image } = configuration;
    const shared: Named[] = [
      ...(project === "managed"
        ? [
            {
              kind: "project",
              name: application.name,
              type: "render:index:Project",
              found: projectsNamed(api, application.name, ownerId),
            },
          ]
        : []),
      ...(image?.username
        ? [
            {
              kind: "registry credential",
              name: application.name,
              type: "render:index:RegistryCredential",
              found: credentialsNamed(api, application.name, ownerId),
            },
          ]
        : []),
    ];
    const own: Named = {
      kind: "service",
      name,
      type: "render:index:WebService",
      found: servicesNamed(api, name, ownerId),
    };
    const names = [...(declares === "shared" ? [] : [own]), ...(declares === "environment" ? [] : shared)];
    return Promise.all(names.map((one) => nameOf(one, facts)));
  },
});

async function nameOf({ kind, name, type, found }: Named, facts: Facts): Promise<Finding> {
  const objects = await found;
  if (objects.length === 0) return ok(`${kind} ${name} is free`);
  const foreign = objects.filter((object) => !inState(facts, type, ({ id }) => id === object.id));
  if (foreign.length === 0) return ok(`${kind} ${name} is this stack's`);
  return problem(`${kind} ${name} exists (${foreign.map(({ id }) => id).join(", ")}), and is not in this stack`, ADOPT);
}
