/** Which engine this project runs on. */

/** The release that is downloaded or built: the one the project is tested with. */
export const ENGINE_VERSION = "3.274.1";

/**
 * The oldest engine that is taken from PATH: the release of the SDK that the program runs on. Older ones are not
 * tested with that SDK, and those before 3.181 lack `preview --refresh --run-program`, which finds drift.
 */
export const MINIMUM_ENGINE_VERSION = "3.270.0";

/** The engines that are taken from PATH. A next major release may break the program's language host protocol. */
export const ACCEPTED_ENGINES = `>=${MINIMUM_ENGINE_VERSION} <4.0.0`;

/** The newest Node.js language host that is published as part of a Go module; today's releases bundle a newer one. */
export const BUILT_HOST_VERSION = "3.68.0";

/** The name under which the engine looks for the program that runs Node.js programs. */
export const LANGUAGE_HOST = "pulumi-language-nodejs";

/** The built language host's own file, which the script named {@link LANGUAGE_HOST} starts. */
export const BUILT_HOST = `${LANGUAGE_HOST}-${BUILT_HOST_VERSION}`;
