/** Servers of the sandbox in containers of a Docker engine: the registry, databases, key value stores. */
import type { Progress } from "../../../cli/progress.ts";
import { makeAvailable, type PublicImages } from "../images/public-images.ts";
import { call, type Tool } from "../system/command.ts";
import { eventually } from "../system/polling.ts";

/** What it takes to run servers from Docker Hub's official images. */
export interface OfficialImageOptions {
  readonly docker: Tool;
  readonly images: PublicImages;
  readonly progress: Progress;
  /** Label that marks the sandbox's containers, `name=value`. */
  readonly label: string;
  /** Start of every container's name. */
  readonly namePrefix: string;
  /** Whether containers listen on the machine's loopback themselves, or on a port that the engine forwards. */
  readonly network: "host" | "published";
}

/**
 * Pulls an image unless it is there.
 * @param purpose "the database".
 * @throws Error with the next step when it cannot be had.
 */
export async function needImage(
  { images, progress }: Pick<OfficialImageOptions, "images" | "progress">,
  image: string,
  purpose: string,
): Promise<void> {
  if (await makeAvailable(images, image, { progress })) return;
  throw new Error(
    `It cannot pull ${image} from Docker Hub, for ${purpose}. Give the engine access, or load the image with "docker load".`,
  );
}

/** A server that is started. */
export interface ServerContainer {
  readonly docker: Tool;
  readonly name: string;
  readonly label: string;
  /** What follows in `docker run`: options, image, command. */
  readonly arguments: readonly string[];
  /** "database", for the message of one that does not answer. */
  readonly what: string;
  readonly port: number;
  readonly readyWithinMs: number;
  /** How long it may take to end by itself; without it, it is killed. */
  readonly stopWithinS?: number;
  /** True once it can be used. */
  answers(signal: AbortSignal): Promise<boolean>;
}

/** Starts it in the place of one that was left under its name. @throws Error with its log's last lines; nothing is left running then. */
export async function startServerContainer(server: ServerContainer): Promise<{ close(): Promise<void> }> {
  const { docker, name, label, what, port, readyWithinMs, stopWithinS } = server;
  const close = async (): Promise<void> => {
    if (stopWithinS !== undefined)
      await call(docker, ["stop", "--time", String(stopWithinS), name]).catch((error: unknown) => error);
    await call(docker, ["rm", "--force", "--volumes", name]).catch((error: unknown) => error);
  };
  await close();
  try {
    await call(docker, ["run", "--detach", "--name", name, "--label", label, ...server.arguments]);
    if (await eventually(server.answers, readyWithinMs)) return { close };
    const { output } = await call(docker, ["logs", "--tail", "8", name]);
    throw new Error(`The ${what}'s container did not answer on port ${port}. Its log:\n${output}`);
  } catch (error) {
    await close();
    throw error;
  }
}

/** The user of an official image: root's container changes to one without rights by itself ("Docker Official Images"). */
export function userArguments(): string[] {
  const id = process.getuid?.() ?? 0;
  return id === 0 ? [] : ["--user", `${id}:${process.getgid?.() ?? id}`];
}
