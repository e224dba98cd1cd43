/**
 * How images are built in this sandbox, as the process that opened it tells those that build: in one environment
 * variable.
 */
import { z } from "zod";

const VARIABLE = "SANDBOX_BUILDER";

const settingsSchema = z.strictObject({
  tool: z.enum(["docker", "buildah"]),
  /** The program, arguments of its every call, and variables that it needs beyond those of the machine. */
  program: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  /** Folders of the docker client's plugins. */
  clientPlugins: z.array(z.string()),
  /** Network of the build's steps, where the default has no way out. */
  network: z.string().optional(),
  /** Files that become build secrets of these ids, unless the build brings its own. */
  secretFiles: z.record(z.string(), z.string()),
});

/** How images are built. */
export type BuilderSettings = z.infer<typeof settingsSchema>;

/** A docker client on PATH, as outside a sandbox. */
const OUTSIDE: BuilderSettings = {
  tool: "docker",
  program: "docker",
  args: [],
  env: { DOCKER_BUILDKIT: "1" },
  clientPlugins: [],
  secretFiles: {},
};

/** The environment variable that carries the settings. */
export function builderEnvironment(settings: BuilderSettings): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(settings) };
}

/**
 * The settings that an environment carries; those of a plain docker client when it carries none.
 * @throws Error when the variable was made by another version of the sandbox.
 */
export function builderSettings(environment: NodeJS.ProcessEnv): BuilderSettings {
  const text = environment[VARIABLE];
  if (!text) return OUTSIDE;
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`The environment variable ${VARIABLE} is not what this version writes. Start the sandbox anew.`, {
      cause: error,
    });
  }
}
