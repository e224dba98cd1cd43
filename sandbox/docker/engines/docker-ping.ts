/** Asks a Docker engine on a socket whether it is there. */
import { request } from "node:http";

/** True when the engine answers the "Ping" route of the Engine API before the signal is aborted. */
export function answersPing(socketPath: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: "/_ping", signal }, (response) => {
      response.resume();
      response.once("error", () => resolve(false));
      response.once("end", () => resolve(response.statusCode === 200));
    });
    ping.once("error", () => resolve(false));
    ping.end();
  });
}
