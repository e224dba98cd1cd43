/** Asks a Docker engine on a socket whether it is there. */
import { request } from "node:http";

/** True when the engine answers the "Ping" route of the Engine API. */
export function answersPing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: "/_ping" }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode === 200));
    });
    ping.once("error", () => resolve(false));
    ping.end();
  });
}
