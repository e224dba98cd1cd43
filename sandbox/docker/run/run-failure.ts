/** Why a container could not be started, in words for people. */

import { registryOf } from "../build/login.ts";
import { type CommandFailure, lastLines } from "../system/command.ts";

/** Why an image could not be pulled: the login, the name, or the registry. */
export function pullFailure(failure: CommandFailure, image: string, username: string | undefined): Error {
  const { output } = failure;
  const registry = registryOf(image);
  if (/manifest unknown|not found|name unknown|repository does not exist/i.test(output)) {
    return new Error(`The image ${image} does not exist in the registry ${registry}.`);
  }
  if (/unauthorized|no basic auth|denied|authentication required|\b401\b/i.test(output)) {
    const who = username ? `the login of user "${username}"` : "a pull without a login";
    return new Error(`The registry ${registry} refused ${who} for the image ${image}.`);
  }
  return new Error([`The image ${image} could not be pulled.`, ...lastLines(output, 3)].join("\n  "));
}

/** Why an image that is there did not start. */
export function startFailure(failure: CommandFailure, image: string): Error {
  return new Error(
    [`A container of the image ${image} could not be started.`, ...lastLines(failure.output, 3)].join("\n  "),
  );
}
