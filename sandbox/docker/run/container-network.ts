/** On which port a container listens, and how this machine reaches it. */
import { reachableFromContainer } from "./loopback-address.ts";

/** Options of `docker run`, and the container's variables. */
export interface ContainerNetwork {
  readonly arguments: readonly string[];
  readonly env: Record<string, string>;
}

/**
 * Makes a container reachable on a port of this machine's loopback. One with a network of its own listens on the PORT
 * that it is given. On the machine's network the old and the new deploy run side by side, so there PORT is the free one;
 * an image that does not go by PORT cannot be run so.
 * @param port a free port of this machine.
 */
export function containerNetwork(
  kind: "host" | "published",
  port: number,
  env: Readonly<Record<string, string>>,
): ContainerNetwork {
  if (kind === "host") return { arguments: ["--network", "host"], env: loopbackOnly(env, port) };
  const inside = /^\d+$/.test(env["PORT"] ?? "") ? env["PORT"] : String(port);
  return {
    arguments: ["--publish", `127.0.0.1:${port}:${inside}`, "--add-host", "host.docker.internal:host-gateway"],
    env: reachableFromContainer({ ...env, PORT: inside ?? "" }),
  };
}

/** The servers of this project's Dockerfile on a port of loopback only, whatever else their arguments say. */
export function loopbackOnly(env: Readonly<Record<string, string>>, port: number): Record<string, string> {
  const gunicorn = [env["GUNICORN_CMD_ARGS"], `--bind=127.0.0.1:${port}`].filter(Boolean).join(" ");
  return { ...env, PORT: String(port), GUNICORN_CMD_ARGS: gunicorn, LISTEN_ADDRESS: "127.0.0.1" };
}
