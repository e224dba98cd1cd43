/** The engine on a stack in a backend of its own, in a folder of this user's alone that goes when it is closed. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runProcess } from "../child-process.ts";
import type { CommandContext } from "../command-context.ts";
import { recordedDockerHost } from "../docker-host/index.ts";
import { type Engine, engineEnvironment } from "../engine/index.ts";
import { errorsOf, type WatchablePulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { cleanEnvironment } from "./clean-environment.ts";
import { furnish } from "./furnish.ts";
import { importState, type RunInside } from "./local-stack.ts";
import { type NoService, startNoService } from "./no-service.ts";
import type { ExportedState, Snapshot } from "./snapshot.ts";
import type { StackSettings } from "./stack-settings.ts";

/** Of what the stack is made. */
export interface ThrowawayRequest {
  readonly context: CommandContext;
  readonly engine: Engine;
  /** The project's folder, whose program runs. */
  readonly folder: string;
  readonly snapshot: Snapshot;
  readonly settings: StackSettings;
}

/** A stack that is gone when it is closed. */
export interface ThrowawayStack {
  readonly pulumi: WatchablePulumi;
  /** A folder for what a run writes, which goes with the stack. */
  readonly folder: string;
  /** Gives the stack another state. Throws UserError when the engine does not take it. */
  load(state: ExportedState): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes the stack.
 * @throws UserError when the engine does not take the snapshot; the signal's reason when aborted.
 */
export async function openThrowawayStack(request: ThrowawayRequest): Promise<ThrowawayStack> {
  const { context, engine, snapshot } = request;
  const { signal } = context;
  const folder = await mkdtemp(join(tmpdir(), "delivery-sealed-"));
  let services: NoService | undefined;
  const close = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    await services?.close();
  };
  try {
    services = await startNoService();
    const home = join(folder, "home");
    const backend = join(folder, "backend");
    await mkdir(backend);
    await sharePlugins(home, context.env);
    const base = engineEnvironment(engine, {
      ...cleanEnvironment(context.env),
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: pathToFileURL(backend).href,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(24).toString("hex"),
    });
    const run: RunInside = async (args, input) => {
      const options = { env: base, cwd: folder, signal, ...(input !== undefined && { input }) };
      const result = await runProcess(engine.pulumi, [...args, "--non-interactive"], options);
      if (result.code === 0) return result.stdout;
      throw new UserError(
        `The engine cannot make a stack from the snapshot: ${errorsOf(result)}`,
        "Make the snapshot anew with `npx --no delivery seal`, with the same version of the engine.",
      );
    };
    // The address stands in the state that is sealed; a preview does not look whether anything listens there.
    const recorded = recordedDockerHost(JSON.stringify(snapshot.state));
    const dockerHost = recorded === undefined ? {} : { DOCKER_HOST: recorded };
    const { stack, environment } = await furnish({ ...request, folder, run, servicesUrl: services.url });
    const runWith: WatchablePulumi["runWith"] = ({ env: added, ...how }, ...args) => {
      const env = { ...base, ...environment, ...dockerHost, ...added };
      const options = { env, cwd: request.folder, signal, endsItself: true, ...how };
      return runProcess(engine.pulumi, [...args, "--stack", snapshot.stack, "--non-interactive"], options);
    };
    const pulumi: WatchablePulumi = { run: (...args) => runWith({}, ...args), runWith };
    return { pulumi, folder, load: (state) => importState(stack, state, run), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The user's plugins serve, and what is installed now serves later; everything else of the home is the stack's own. */
async function sharePlugins(home: string, env: NodeJS.ProcessEnv): Promise<void> {
  const plugins = join(env["PULUMI_HOME"] || join(env["HOME"] || homedir(), ".pulumi"), "plugins");
  await mkdir(plugins, { recursive: true });
  await mkdir(home);
  await symlink(plugins, join(home, "plugins"), "junction");
}
