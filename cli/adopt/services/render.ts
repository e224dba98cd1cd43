/** The service at Render, its place, its image and its login at the registry. */

import { toldVariables } from "../../../infra/variables.ts";
import { setCommand, setSecretCommand } from "../../../lib/configuration-problems.ts";
import { readAnswer } from "../../../providers/kit/answer.ts";
import type { ImageService } from "../../../providers/render/plugin/api/answers.ts";
import { imageService, service as serviceAnswer } from "../../../providers/render/plugin/api/answers.ts";
import { listDeploys } from "../../../providers/render/plugin/api/deploys.ts";
import { findEnvironment } from "../../../providers/render/plugin/api/environments.ts";
import { findProject } from "../../../providers/render/plugin/api/projects.ts";
import { findCredential } from "../../../providers/render/plugin/api/registry-credentials.ts";
import { findService } from "../../../providers/render/plugin/api/services.ts";
import type { ApiContext } from "../../../providers/render/plugin/client.ts";
import { WEB_SERVICE } from "../../../providers/render/plugin/service/kinds.ts";
import { type ObservedService, observeService } from "../../../providers/render/plugin/service/observe.ts";
import { renderClient } from "../../services/render.ts";
import { type Around, absent, leftOut, meant } from "../around.ts";
import { type Finding, type Masked, nothing, type Setting } from "../finding.ts";
import { findCache } from "./render-cache.ts";
import { findDatabase } from "./render-database.ts";
import { imageSettings } from "./render-image.ts";
import { ownDomains, siteSettings } from "./render-settings.ts";

const FLAG = "--service";

/** What the searches after this one need of the service. */
export interface FoundSite extends Finding {
  /** All its variables, secret ones too. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Finds it. Throws UserError when it is named and not there, or it is not clear which it is. */
export async function findSite(around: Around): Promise<FoundSite> {
  const none = (reason: string): FoundSite => {
    const image = { key: "image", value: "off", note: "there is no site to run it" };
    const site = nothing("site", reason);
    return { ...site, settings: [image, ...site.settings], variables: new Map() };
  };
  const reason = leftOut(around, "site", around.given.service);
  if (reason) return none(reason);
  const api: ApiContext = { client: renderClient(around.env), signal: around.signal };
  const found = await chooseService(around, api);
  if (!found) return none("no service of Render runs an image under such a name");
  const observed = await observeService(api, WEB_SERVICE, found.id);
  if (!observed) return none("it went away while it was read");

  const { service, customDomains, secretFiles } = observed;
  const [place, login, deploys, database, cache] = await Promise.all([
    placeOf(api, service),
    loginOf(around, api, service),
    listDeploys(api, service.id),
    findDatabase(around, api, observed),
    findCache(around, api, observed),
  ]);
  const files = [...secretFiles.keys()];
  return {
    place: `Render ${service.name} (${service.id})`,
    settings: [
      ...imageSettings(around, observed, deploys),
      ...login.settings,
      ...siteSettings(around, observed),
      { key: "site.project", value: place ? undefined : "off", ...(!place && { note: "it is in no project" }) },
      ...database.settings,
      ...cache.settings,
    ],
    ids: {
      site: service.id,
      ...Object.fromEntries(ownDomains(customDomains).map((name) => [`site-${name}`, `${service.id}/${name}`])),
      ...place,
      ...login.ids,
      ...database.ids,
      ...cache.ids,
    },
    masked: login.masked,
    notes: [
      ...(files.length > 0 ? [`Secret files of ${service.name} are left alone: ${files.join(", ")}.`] : []),
      ...(service.suspended === "suspended" ? [`${service.name} is suspended.`] : []),
      ...database.notes,
      ...cache.notes,
    ],
    variables: withoutTold(observed.variables, { ...database.ids, ...cache.ids }),
  };
}

async function chooseService(around: Around, api: ApiContext): Promise<ImageService | undefined> {
  const { given, names, configured } = around;
  const byId = given.service?.startsWith("srv-") ? await findService(api, given.service) : undefined;
  const ownerId = configured("site.ownerId") as string | undefined;
  const all = byId ? [byId] : await api.client.list(api, "/services", "service", serviceAnswer, { ownerId });
  const running = all
    .filter(({ type, imagePath }) => type === "web_service" && imagePath !== undefined)
    .map((one) => readAnswer(imageService, one, { service: "Render", method: "GET", path: "/services" }));
  const choices = running.map((item) => ({ name: item.name, item }));
  if (given.service) {
    const named = choices.find(({ name, item }) => name === given.service || item.id === given.service);
    if (!named) throw absent(`web service ${given.service} that runs an image`, FLAG);
    return named.item;
  }
  const usual = (configured("site.name") as string | undefined) ?? `${names.application}-${names.environment}`;
  const exact = choices.find(({ name }) => name === usual);
  return (exact ?? meant("Render service", FLAG, names.application, choices))?.item;
}

/** The addresses of database and cache that the stack gets are told by the chain. */
function withoutTold(
  variables: ReadonlyMap<string, string>,
  ids: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const told = toldVariables(ids);
  return new Map([...variables].filter(([name]) => !told.includes(name)));
}

/** Ids of its environment and project; undefined when it is in none. */
async function placeOf(api: ApiContext, { environmentId }: ObservedService["service"]) {
  const environment = environmentId ? await findEnvironment(api, environmentId) : undefined;
  const project = environment && (await findProject(api, environment.projectId));
  return environment && project && { "hosting-project": project.id, "site-environment": environment.id };
}

/** The login at the registry is the chain's once its password, which Render keeps to itself, is entered. */
async function loginOf(around: Around, api: ApiContext, { registryCredential }: ObservedService["service"]) {
  const credential = registryCredential && (await findCredential(api, registryCredential.id));
  // What pushes to ECR is no access key, with which Render pulls.
  const isOwn = credential?.registry === "AWS_ECR" || around.configured("image.pull.username") !== undefined;
  const key = isOwn ? "image.pull" : "image";
  const password = around.configured(`${key}.password`);
  const none: Setting[] = isOwn ? [{ key, value: "off" }] : [{ key: "image.username", value: undefined }];
  if (!credential) return { settings: password ? [] : none, ids: {}, masked: [] };
  if (password) {
    const settings = [
      { key: `${key}.username`, value: credential.username },
      { key: "asFound.site.registryCredentialId", value: undefined },
    ];
    return { settings, ids: { "hosting-credential": credential.id }, masked: [] };
  }
  const masked: Masked = {
    holder: `Render's registry credential ${credential.name}`,
    name: `${key}.password`,
    advice: `Render pulls with it as before. For the chain to hold it: ${setCommand(`delivery:${key}.username`, credential.username)}, ${setSecretCommand(`delivery:${key}.password`)}, and adopt again.`,
  };
  return { settings: none, ids: {}, masked: [masked] };
}
