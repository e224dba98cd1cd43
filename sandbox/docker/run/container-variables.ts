/**
 * A container's variables, on their way through the docker client. The client's own environment is not one: a variable
 * called DOCKER_HOST, PATH or HTTPS_PROXY would steer the client.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What the client reads for itself, or the system to start it, so that it cannot come through its environment. */
const STEERING =
  /^(?:DOCKER_|BUILDX_|BUILDKIT_|COMPOSE_|GO|LD_|SSH_|SSL_|XDG_|OTEL_|LC_|PATH$|HOME$|USER$|LANG$|TMPDIR$|TERM$|TZ$|(?:HTTP|HTTPS|NO|ALL|FTP)_PROXY$)/i;
/** The client reads a file of variables line by line, as far as this ("docker run", --env-file). */
const LONGEST_LINE = 60_000;

/** Options of the client, and what its environment has to have besides. */
export interface ContainerVariables {
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Writes the variables into a file that only this user can read, in which no secret stands in a process list. What such
 * a file cannot hold, a text of several lines, comes through the client's environment, unless its name would steer it.
 * @param folder made when missing.
 */
export async function placeVariables(
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<ContainerVariables> {
  const all = Object.entries(variables);
  const lines = all.filter(([name, value]) => fitsLine(name, value));
  const others = all.filter(([name, value]) => !fitsLine(name, value));
  const passed = others.filter(([name]) => !STEERING.test(name));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "environment");
  await writeFile(file, lines.map(([name, value]) => `${name}=${value}\n`).join(""), { mode: 0o600 });
  return {
    arguments: [
      ...["--env-file", file],
      ...others.flatMap(([name, value]) => ["--env", STEERING.test(name) ? `${name}=${value}` : name]),
    ],
    env: Object.fromEntries(passed),
  };
}

function fitsLine(name: string, value: string): boolean {
  return !/[\r\n]/.test(value) && name.length + value.length < LONGEST_LINE;
}
