/** The Docker daemon, as far as the plugin's start asks for it. */
import { request } from "node:http";
import { BridgedError } from "../../bridge/failure.ts";

/**
 * Asks the daemon whether it is there (`HEAD /_ping`), as the vendor's Configure does. A daemon behind SSH is
 * connected to later, at the first call that needs it.
 * @throws BridgedError naming the address when it does not answer.
 */
export async function requireDaemon(host: string, signal: AbortSignal): Promise<void> {
  if (host.startsWith("ssh://")) return;
  try {
    await ping(host, signal);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BridgedError(
      `Error pinging Docker server, please make sure that ${host} is reachable and has a '_ping' endpoint. Error: ${reason}`,
    );
  }
}

function ping(host: string, signal: AbortSignal): Promise<void> {
  const url = new URL(host);
  const target =
    url.protocol === "unix:" ? { socketPath: url.pathname } : { host: url.hostname, port: Number(url.port || 2375) };
  return new Promise((resolve, reject) => {
    const call = request({ ...target, method: "HEAD", path: "/_ping", signal }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else reject(new Error(`it answered ${response.statusCode}`));
    });
    call.on("error", reject).end();
  });
}
