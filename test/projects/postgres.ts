/** A Postgres of the machine's, in the place of the one that CircleCI runs beside a job. */
import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import which from "which";

/** A server that is ready. */
export interface Postgres {
  /** Address of its database `postgres`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one in a folder of its own; undefined on a machine that has none. */
export async function startPostgres(): Promise<Postgres | undefined> {
  const [initdb, postgres] = await Promise.all(["initdb", "postgres"].map((name) => which(name, { nothrow: true })));
  if (!initdb || !postgres) return undefined;
  // Postgres refuses to run as root.
  const asUser =
    process.getuid?.() === 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : [];
  const folder = await mkdtemp(join(tmpdir(), "delivery-postgres-"));
  try {
    if (asUser.length > 0) await execa("chown", ["nobody", folder]);
    await chmod(folder, 0o700);
    const data = join(folder, "data");
    const as = (...command: string[]): [string, string[]] => {
      const [program = "", ...args] = [...asUser, ...command];
      return [program, args];
    };
    await execa(...as(initdb, "--pgdata", data, "--username", "ci", "--auth", "trust", "--no-sync"), { cwd: folder });
    const port = await freePort();
    const settings = ["listen_addresses=127.0.0.1", "fsync=off", `unix_socket_directories=${folder}`];
    const options = settings.flatMap((setting) => ["-c", setting]);
    const [program, args] = as(postgres, "-D", data, "-p", String(port), ...options);
    const server = spawn(program, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const ended = new Promise<void>((done) => {
      server.on("close", () => done());
    });
    await new Promise<void>((ready, fail) => {
      const said: string[] = [];
      server.on("error", fail);
      server.on("close", () => fail(new Error(`Postgres ended: ${said.join("\n")}`)));
      createInterface({ input: server.stderr }).on("line", (line) => {
        said.push(line);
        if (line.includes("ready to accept connections")) ready();
      });
    });
    return {
      url: `postgres://ci@127.0.0.1:${port}/postgres`,
      async close() {
        // A fast shutdown.
        server.kill("SIGINT");
        await ended;
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
