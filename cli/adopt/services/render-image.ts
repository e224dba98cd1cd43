/** How the site's image comes to run. */
import { DOCKER_HUB, parseReference } from "../../../providers/kit/image-reference.ts";
import type { Deploy } from "../../../providers/render/plugin/api/answers.ts";
import { currentImage } from "../../../providers/render/plugin/deploys/history.ts";
import type { ObservedService } from "../../../providers/render/plugin/service/observe.ts";
import type { Around } from "../around.ts";
import type { Setting } from "../finding.ts";

/** Tags that teams move from image to image. */
const MOVING =
  /^(latest|main|master|trunk|develop|dev|edge|nightly|stable|release|current|live|prod|production|staging|test|v?\d{1,3}(\.\d{1,3})?)$/;
/** What starts a deploy when a program asks for it ("Render Public API", deploy trigger). */
const BY_PROGRAMS = new Set(["api", "deploy_hook"]);

/** The image's settings: a tag that stays is pinned; one that moves, or is moved by something, is reported. */
export function imageSettings(
  around: Around,
  { service, deploys }: ObservedService,
  all: readonly Deploy[],
): Setting[] {
  const live = currentImage(deploys, service.imagePath) ?? service.imagePath;
  const image = parseReference(live);
  const tag = image?.tag ?? (image?.digest ? undefined : "latest");
  const settings = [{ key: "image.repository", value: shortName(live) }];
  // How an image comes to run is the team's choice, once it has made one.
  const isChosen = around.configured("image.delivery") !== undefined && around.isInState("site");
  if (isChosen || around.isInState("image")) return settings;
  const reason = whyContinuous(tag, all);
  return [
    ...settings,
    { key: "image.delivery", value: reason ? "continuous" : "pinned", note: reason ?? "the tag names one image" },
    { key: "image.tag", value: tag ?? "latest", note: `what runs: ${live}` },
  ];
}

function whyContinuous(tag: string | undefined, all: readonly Deploy[]): string | undefined {
  if (tag === undefined) return "a digest runs";
  if (MOVING.test(tag)) return `${tag} moves`;
  const later = [...all].sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt)).slice(1);
  return later.some(({ trigger = "" }) => BY_PROGRAMS.has(trigger)) ? "a program deploys" : undefined;
}

/** The repository, without Docker Hub's own host. */
function shortName(reference: string): string {
  const { registry, name = reference, path = "" } = parseReference(reference) ?? {};
  return registry === DOCKER_HUB ? path.replace(/^library\//, "") : name;
}
