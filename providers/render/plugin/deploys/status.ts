/** What each status of a deploy means to the person who waits for it. */
import type { DeployStatus } from "../api/answers.ts";

const MEANINGS: Readonly<Record<string, string>> = {
  created: "accepted, not started yet",
  queued: "waits for another deploy of the service to end",
  build_in_progress: "the image is being fetched",
  pre_deploy_in_progress: "the pre-deploy command runs",
  update_in_progress: "the new instance starts and its health is checked",
  live: "serves",
  deactivated: "served, and was replaced by a newer deploy",
  build_failed:
    "the image could not be prepared; check that the tag exists and that the registry credential may pull it",
  pre_deploy_failed: "the pre-deploy command failed",
  update_failed: "the new instance did not come to run; check the tag and the registry credential, and the variables",
  canceled: "it was canceled by someone, or in favour of another deploy",
};

/** What a failed start means where it is known what the service does. */
const NOT_STARTED: Readonly<Record<string, string>> = {
  web_service:
    "the new instance did not come to serve; check the tag and the registry credential, the port, the health check path, " +
    "the variables, and that the application accepts the host name in RENDER_EXTERNAL_HOSTNAME (Django: " +
    'ALLOWED_HOSTS += [os.environ["RENDER_EXTERNAL_HOSTNAME"]] in its settings)',
  private_service:
    "the new instance did not come to listen; check the tag and the registry credential, the port, and the variables",
  background_worker:
    "the new instance did not keep running; check the tag and the registry credential, the start command, and the variables",
};

/** The status of a deploy in words, of a service of the type. */
export function meaningOf(status: DeployStatus, type: string): string {
  return (
    (status === "update_failed" && NOT_STARTED[type]) ||
    (MEANINGS[status] ?? "a status that this version of the provider does not know")
  );
}
