import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerRunner } from "../../sandbox/docker/run/docker-runner.ts";

const IMAGE = "localhost:5000/acme/site:1";

/** What the client was given when it was to run a container. */
interface Run {
  readonly args: string[];
  readonly env: Record<string, string>;
  readonly file: string;
  readonly mode: number;
}

describe("a container's variables", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-variables-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs a container by a client that only notes what it is given. */
  const run = async (env: Record<string, string>): Promise<Run> => {
    const client = join(folder, "docker");
    const log = join(folder, "run.json");
    await writeFile(
      client,
      `#!${process.execPath}
const { readFileSync, statSync, writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
if (args.includes("inspect")) console.log(JSON.stringify(["localhost:5000/acme/site@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]));
if (args.includes("run")) {
  const name = args[args.indexOf("--env-file") + 1];
  const file = readFileSync(name, "utf8");
  writeFileSync(${JSON.stringify(log)}, JSON.stringify({ args, env: process.env, file, mode: statSync(name).mode & 0o777 }));
}
`,
    );
    await chmod(client, 0o755);
    const runner = dockerRunner({
      docker: { program: client, args: ["--host", "unix:///engine.sock"], env: { PATH: "/usr/bin", HOME: "/home/me" } },
      clientPlugins: [],
      label: "delivery.sandbox=1",
      namePrefix: "delivery-1-",
      folder: join(folder, "containers"),
      network: "host",
    });
    const container = await runner.start({ name: "site", image: IMAGE, env });
    const noted = JSON.parse(await readFile(log, "utf8")) as Run;
    await container.stop();
    await assert.rejects(stat(join(folder, "containers", "site")), /ENOENT/, "nothing of it stays on the disk");
    return noted;
  };

  it("never steer the docker client, whatever they are called", async () => {
    const names = [
      ...[
        "DOCKER_HOST",
        "DOCKER_CONTEXT",
        "DOCKER_CONFIG",
        "DOCKER_TLS_VERIFY",
        "DOCKER_CERT_PATH",
        "DOCKER_API_VERSION",
      ],
      ...[
        "DOCKER_DEFAULT_PLATFORM",
        "BUILDX_CONFIG",
        "HTTPS_PROXY",
        "https_proxy",
        "PATH",
        "HOME",
        "LD_PRELOAD",
        "GODEBUG",
      ],
    ];
    for (const value of ["of the site", "of\nthe site"]) {
      const { args, env, file } = await run(Object.fromEntries(names.map((name) => [name, value])));
      assert.deepEqual(
        names.filter((name) => env[name] === value),
        [],
      );
      assert.deepEqual([env["PATH"], env["HOME"]], ["/usr/bin", "/home/me"]);
      for (const name of names)
        assert.ok(file.split("\n").includes(`${name}=${value}`) || args.includes(`${name}=${value}`), name);
    }
  });

  it("stand in no process list, and in a file that nobody else can read", async () => {
    const secrets = {
      DJANGO_SECRET_KEY: "# a 'secret' $HOME = \"1\" ",
      CERTIFICATE: "first\nsecond\n",
      LONG: "x".repeat(100_000),
    };
    const { args, env, file, mode } = await run(secrets);
    assert.ok(file.includes(`DJANGO_SECRET_KEY=${secrets.DJANGO_SECRET_KEY}\n`));
    assert.equal(mode, 0o600);
    for (const name of ["CERTIFICATE", "LONG"] as const) {
      assert.equal(env[name], secrets[name]);
      assert.equal(args[args.indexOf(name) - 1], "--env");
      assert.ok(!file.includes(name));
    }
    assert.deepEqual(
      args.filter((argument) => Object.values(secrets).some((secret) => argument.includes(secret))),
      [],
    );
  });
});
