/** Whether Render's names are free. Render itself takes a name twice; the chain does not. */
import { pullUsername } from "../../../infra/registry-logins.ts";
import { projectsNamed } from "../../../providers/render/plugin/api/projects.ts";
import { credentialsNamed } from "../../../providers/render/plugin/api/registry-credentials.ts";
import { servicesNamed } from "../../../providers/render/plugin/api/services.ts";
import { renderClient } from "../../services/render.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { ok, problem } from "../finding.ts";
import { ADOPT, declaredName } from "../names.ts";

/** How each kind is looked for, and the type and logical name of the resource that would have the name. */
const KINDS = {
  service: { find: servicesNamed, type: "render:index:WebService", resource: "site" },
  project: { find: projectsNamed, type: "render:index:Project", resource: "hosting-project" },
  "registry credential": {
    find: credentialsNamed,
    type: "render:index:RegistryCredential",
    resource: "hosting-credential",
  },
} as const;

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
    const shared: (keyof typeof KINDS)[] = [
      ...(project === "managed" ? (["project"] as const) : []),
      ...(image && pullUsername(image) ? (["registry credential"] as const) : []),
    ];
    const named = [
      ...(declares === "shared" ? [] : [{ kind: "service", configured: name } as const]),
      ...(declares === "environment" ? [] : shared.map((kind) => ({ kind, configured: application.name }))),
    ];
    return Promise.all(
      named.map(async ({ kind, configured }) => {
        const { find, type, resource } = KINDS[kind];
        const wanted = declaredName(configuration, resource, configured);
        const found = await find(api, wanted, ownerId);
        const foreign = found.filter((object) => !inState(facts, type, ({ id }) => id === object.id));
        const ids = foreign.map(({ id }) => id).join(", ");
        if (foreign.length > 0) return problem(`${kind} ${wanted} exists (${ids}), and is not in this stack`, ADOPT);
        return ok(`${kind} ${wanted} is ${found.length > 0 ? "this stack's" : "free"}`);
      }),
    );
  },
});
