import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { machineEngine } from "../../sandbox/docker/engines/machine-engine.ts";

/** A docker client that answers from a table: the first pattern that its command line contains decides. */
function fakeDocker(answers: Record<string, string>): string {
  const cases = Object.entries(answers).map(([pattern, script]) => `*"${pattern}"*) ${script};;`);
  return `#!/bin/sh\ncase "$*" in\n${cases.join("\n")}\n*) exit 0;;\nesac\n`;
}

const info = (changes: object = {}): string => {
  const answer = { ServerVersion: "28.0", OSType: "linux", OperatingSystem: "Debian", SecurityOptions: [], ...changes };
  return `echo '${JSON.stringify(answer)}'`;
};

describe("the machine's Docker engine", () => {
  const { PATH, DOCKER_HOST, DOCKER_CONFIG } = process.env;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-machine-engine-"));
    process.env["PATH"] = `${folder}:${PATH}`;
    process.env["DOCKER_CONFIG"] = join(folder, "config");
    delete process.env["DOCKER_HOST"];
    await mkdir(join(folder, "config", "cli-plugins"), { recursive: true });
    await writeFile(join(folder, "config", "cli-plugins", "docker-buildx"), "");
  });
  afterEach(async () => {
    for (const [name, value] of Object.entries({ PATH, DOCKER_HOST, DOCKER_CONFIG })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true });
  });

  const open = async (answers: Record<string, string>) => {
    const client = {
      "--version": "echo Docker version 28.0.1, build x",
      "context inspect": "echo '\"unix:///x.sock\"'",
    };
    const file = join(folder, "docker");
    await writeFile(file, fakeDocker({ ...client, ...answers }));
    await chmod(file, 0o755);
    return machineEngine.open({
      cacheDir: join(folder, "cache"),
      stateDir: join(folder, "state"),
      worldId: "w",
      progress: silentProgress,
    });
  };

  it("is used at the address of the client's context, with a configuration that holds no login", async () => {
    const engine = await open({ " info ": info() });
    assert.equal(engine.description, "Docker 28.0 of this machine");
    assert.equal(engine.env["DOCKER_HOST"], "unix:///x.sock");
    assert.deepEqual(engine.builder.args, ["--host", "unix:///x.sock"]);
    assert.ok(engine.builder.clientPlugins.includes(join(folder, "config", "cli-plugins")));
    await engine.close();
  });

  it("honours DOCKER_HOST, but not one of another machine", async () => {
    process.env["DOCKER_HOST"] = "tcp://127.0.0.1:2375";
    assert.equal((await open({ " info ": info() })).env["DOCKER_HOST"], "tcp://127.0.0.1:2375");
    process.env["DOCKER_HOST"] = "ssh://builder.example";
    await assert.rejects(open({ " info ": info() }), /on another machine \(ssh:\/\/builder\.example\)/);
  });

  it("is not used when it does not answer", async () => {
    await assert.rejects(open({ " info ": "echo refused >&2; exit 1" }), /It does not answer at unix:\/\/\/x\.sock/);
  });

  it("is not used for Windows containers", async () => {
    await assert.rejects(open({ " info ": info({ OSType: "windows" }) }), /switch it to Linux containers/);
  });

  it("is not used when it can neither find nor pull what a sandbox needs", async () => {
    const offline = { " info ": info(), "image inspect": "exit 1", " pull ": "echo no such host >&2; exit 1" };
    await assert.rejects(
      open(offline),
      /It cannot pull python:\S+ from Docker Hub\. Give it access, or load the image/,
    );
  });

  it("publishes a port where containers do not share the machine's loopback", async () => {
    const run: string[] = [];
    for (const changes of [{ OperatingSystem: "Docker Desktop" }, { SecurityOptions: ["name=rootless"] }, {}]) {
      const engine = await open({
        " info ": info(changes),
        "image inspect --format": `echo '["localhost:1/a/b@sha256:0000000000000000000000000000000000000000000000000000000000000000"]'`,
        " run ": `echo "$*" > ${folder}/run`,
      });
      await engine.runner.start({ name: "d", image: "localhost:1/a/b:c", env: { SECRET: "hunter2" } });
      run.push(await readFile(join(folder, "run"), "utf8"));
    }
    const [desktop = "", rootless = "", linux = ""] = run;
    for (const published of [desktop, rootless]) assert.match(published, /--publish 127\.0\.0\.1:(\d+):\1 /);
    if (process.platform === "linux") assert.match(linux, /--network host /);
    for (const line of run) {
      assert.match(line, /--label delivery\.sandbox=w .*--env-file \S+ localhost:1\/a\/b:c/);
      assert.doesNotMatch(line, /hunter2/);
    }
  });
});
