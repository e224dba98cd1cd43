/** Services and the runs of cron jobs, for people to look at. */
import { type ObjectGroup, objectGroup, type ShownObject, type StatusTone } from "../core/overview.ts";
import type { CronRun, Deploy, Service, ServiceType } from "./model.ts";
import type { Render } from "./render.ts";
import { siteUrl } from "./site/address.ts";

const RUN_TONES: Readonly<Record<CronRun["status"], StatusTone>> = {
  pending: "busy",
  successful: "good",
  unsuccessful: "bad",
  canceled: "quiet",
};

/** Web services, and of the other kinds those that there are. */
export function serviceGroups(render: Render): ObjectGroup[] {
  const ofType = (title: string, type: ServiceType, show: (service: Service) => ShownObject): ObjectGroup =>
    objectGroup(
      title,
      render.services.list((service) => service.type === type),
      show,
    );
  const others = [
    ofType("Private services", "private_service", (service) => showService(render, service)),
    ofType("Background workers", "background_worker", (service) => showService(render, service)),
    ofType("Cron jobs", "cron_job", (service) => showCronJob(render, service)),
    objectGroup("Runs of cron jobs", render.cronRuns.list(), (run) => showRun(render, run)),
  ];
  return [
    ofType("Web services", "web_service", (service) => showService(render, service)),
    ...others.filter(({ count }) => count > 0),
  ];
}

/** A service whose deploy is live has a site to visit; its image is the one that runs, not the one that is wanted. */
function showService(render: Render, service: Service): ShownObject {
  const live = render.deploys.find(({ serviceId, status }) => serviceId === service.id && status === "live");
  const status = serviceStatus(service, live);
  return {
    id: service.id,
    name: service.name,
    detail: live ? `runs ${imageText(live)}` : `wants ${withoutHost(service.imagePath)}`,
    status,
    ...(service.sitePort > 0 && status.tone === "good" && { url: siteUrl(service) }),
    time: service.updatedAt,
  };
}

function serviceStatus(service: Service, live: Deploy | undefined): { text: string; tone: StatusTone } {
  if (service.suspended) return { text: "suspended", tone: "quiet" };
  return live ? { text: "live", tone: "good" } : { text: "not live", tone: "busy" };
}

/** A cron job with its schedule, in UTC, and its last run. */
function showCronJob(render: Render, service: Service): ShownObject {
  const last = render.cronRuns.list(({ serviceId }) => serviceId === service.id).at(-1);
  const shown = showService(render, service);
  const detail = `${service.details.schedule} UTC, ${shown.detail}`;
  if (!last || service.suspended) return { ...shown, detail };
  return { ...shown, detail, status: { text: `last run ${last.status}`, tone: RUN_TONES[last.status] } };
}

function showRun(
  render: Render,
  { id, serviceId, image, status, trigger, startedAt, finishedAt }: CronRun,
): ShownObject {
  const name = render.services.get(serviceId)?.name ?? serviceId;
  const detail = `${withoutHost(image)}, by ${trigger}`;
  return { id, name, detail, status: { text: status, tone: RUN_TONES[status] }, time: finishedAt ?? startedAt };
}

/** The image of a deploy, with the start of its digest. */
export function imageText({ image, digest }: Deploy): string {
  return digest === undefined || image.includes("@")
    ? withoutHost(image)
    : `${withoutHost(image)} (${digest.slice(0, 19)})`;
}

/** As the registry itself names the image. A stored image always has a host. */
function withoutHost(image: string): string {
  return image.slice(image.indexOf("/") + 1);
}
