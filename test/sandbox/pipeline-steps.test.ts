/** The shell steps of the delivery job, run as CircleCI runs them, against the emulated services. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { silentProgress } from "../../cli/progress.ts";
import { COMMON_PATTERNS } from "../../lib/context/context-rules.ts";
import { contextEntries } from "../../lib/context/context-walk.ts";
import { IgnoreRules } from "../../lib/context/ignore-file.ts";
import { stageContext } from "../../lib/context/stage-context.ts";
import { isDebianRoot, unpackPackages } from "../../sandbox/docker/system/debian-packages.ts";
import { cacheDir } from "../../sandbox/paths.ts";
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";
import { type ScriptedRunner, scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";

const STEPS = resolve(import.meta.dirname, "../../pipeline/steps");
const COMMIT = "0123456789abcdef0123456789abcdef01234567";

describe("delivery job's steps", () => {
  let services: RunningServices;
  let runner: ScriptedRunner;
  let folder: string;
  let serviceId: string;
  let environment: Record<string, string>;

  /** Sends a request with the service's token; gives the JSON answer. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it
  const call = async (service: "render" | "sentry", method: string, path: string, body?: object): Promise<any> => {
    const token = service === "render" ? services.env["RENDER_API_KEY"] : services.env["SENTRY_AUTH_TOKEN"];
    const answer = await fetch(new URL(path, services.services[service].baseUrl), {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
  const deploys = async (): Promise<{ id: string; status: string; image: { ref: string } }[]> =>
    (await call("render", "GET", `/v1/services/${serviceId}/deploys`)).map((item: { deploy: object }) => item.deploy);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-steps-"));
    runner = scriptedRunner();
    services = await startServices({ dbFile: ":memory:", runner });
    // What CircleCI's own program and Docker's are asked to do is written down, one call a line.
    await mkdir(join(folder, "bin"));
    // Docker's own also what it reads: a password, the Dockerfile and its ignore file.
    const docker = `
      case "$1" in login) cat ;; esac >> '${folder}/input'
      if [ "$2" = inspect ]; then exit 1; fi
      while [ $# -gt 0 ]; do
        if [ "$1" = --file ]; then cat "$2" $(ls "$2.dockerignore" 2> /dev/null) >> '${folder}/input'; fi
        shift
      done`;
    for (const [name, reads] of Object.entries({ "circleci-agent": "", docker })) {
      const program = join(folder, "bin", name);
      await writeFile(program, `#!/bin/sh\necho "${name} $*" >> '${folder}/calls'\n${reads}\n`);
      await chmod(program, 0o755);
    }
    const [{ owner }] = await call("render", "GET", "/v1/owners");
    const image = { ownerId: owner.id, imagePath: "docker.io/acme/site:first" };
    const made = await call("render", "POST", "/v1/services", {
      type: "web_service",
      name: "site",
      ownerId: owner.id,
      image,
      serviceDetails: { runtime: "image", region: "oregon", plan: "starter" },
    });
    serviceId = made.service.id;
    await call("sentry", "POST", "/api/0/organizations/acme/teams/", { slug: "web" });
    await call("sentry", "POST", "/api/0/teams/acme/web/projects/", { name: "site", slug: "site" });
  });
  beforeEach(async () => {
    for (const file of ["calls", "input"]) await writeFile(join(folder, file), "");
    await writeFile(join(folder, "Dockerfile"), "FROM scratch AS web");
    environment = {
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      CIRCLE_SHA1: COMMIT,
      IMAGE_REPOSITORY: "docker.io/acme/site",
      REGISTRY: "docker.io",
      RENDER_API_KEY: services.env["RENDER_API_KEY"] ?? "",
      RENDER_BASE_URL: services.services.render.baseUrl,
      RENDER_SERVICE_ID: serviceId,
      SENTRY_AUTH_TOKEN: services.env["SENTRY_AUTH_TOKEN"] ?? "",
      SENTRY_BASE_URL: services.services.sentry.baseUrl,
      SENTRY_ORG: "acme",
      SENTRY_PROJECT: "site",
      SENTRY_ENVIRONMENT: "production",
      POLL_SECONDS: "0.1",
      IGNORE_FIRST: COMMON_PATTERNS.before.join(" "),
      IGNORE_BY_DEFAULT: COMMON_PATTERNS.byDefault.join(" "),
      IGNORE_LAST: COMMON_PATTERNS.behind.join(" "),
    };
  });
  after(async () => {
    await services?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const step = (file: string, change: Record<string, string> = {}, ...args: string[]) =>
    execa("bash", ["-eo", "pipefail", join(STEPS, file), ...args], {
      cwd: folder,
      env: { ...environment, ...change },
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    });
  const written = (file: string): Promise<string> => readFile(join(folder, file), "utf8");

  it("pass shellcheck", async function () {
    this.timeout(900_000);
    if (!(await isDebianRoot())) return this.skip();
    const { env } = await unpackPackages({
      cacheDir: cacheDir(),
      packages: ["shellcheck"],
      progress: silentProgress,
    });
    const files = readdirSync(STEPS);
    assert.equal(files.length, 3);
    await execa("shellcheck", ["--shell=bash", ...files], { cwd: STEPS, env });
  });

  it("hold nothing that CircleCI would take for its own", () => {
    for (const file of readdirSync(STEPS)) assert.doesNotMatch(readFileSync(join(STEPS, file), "utf8"), /<</);
  });

  /** What Docker was given to read, without the ignore file that the step wrote. */
  const withoutRules = async (): Promise<string> =>
    (await written("input")).split(`${COMMON_PATTERNS.before[0]}\n`)[0] ?? "";

  /** The calls of Docker, without the folder in which the Dockerfile was prepared. */
  const dockerCalls = async (): Promise<string[]> =>
    (await written("calls"))
      .trim()
      .split("\n")
      .map((line) => line.replace(/--file \S+\/Dockerfile/, "--file Dockerfile"));

  it("build the repository's Dockerfile with its release, and push it by the commit's name", async () => {
    const login = { REGISTRY_USERNAME: "acme", REGISTRY_PASSWORD: "registry-password" };
    const { exitCode, stderr } = await step("build-and-push.sh", login, "--platform", "linux/amd64");
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(await dockerCalls(), [
      "docker login --username acme --password-stdin docker.io",
      `docker buildx build --file Dockerfile --tag docker.io/acme/site:${COMMIT} --push --platform linux/amd64 .`,
    ]);
    assert.equal(await withoutRules(), `registry-passwordFROM scratch AS web\nENV SENTRY_RELEASE=${COMMIT}\n`);
  });

  for (const [what, option] of Object.entries({
    "that keeps its layers in a registry": "--cache-to=type=registry,ref=acme/site:cache",
    "for several platforms": "--platform=linux/amd64,linux/arm64",
  }))
    it(`build ${what} with a builder in a Docker context`, async () => {
      const { exitCode, stderr } = await step("build-and-push.sh", {}, option);
      assert.equal(exitCode, 0, stderr);
      assert.deepEqual(await dockerCalls(), [
        "docker context inspect delivery",
        "docker context create delivery",
        "docker buildx inspect delivery-builder",
        "docker buildx create --name delivery-builder delivery",
        `docker buildx build --file Dockerfile --tag docker.io/acme/site:${COMMIT} --push --builder delivery-builder ${option} .`,
      ]);
    });

  it("build a stage of it", async () => {
    await step("build-and-push.sh", { BUILD_TARGET: "web" });
    assert.equal(await withoutRules(), `FROM scratch AS web\nFROM web\nENV SENTRY_RELEASE=${COMMIT}\n`);
  });

  it("build a Dockerfile that lies elsewhere, by its own ignore file", async () => {
    await mkdir(join(folder, "docker"), { recursive: true });
    await writeFile(join(folder, "docker", "web.Dockerfile"), "FROM scratch AS elsewhere");
    await writeFile(join(folder, "docker", "web.Dockerfile.dockerignore"), "media\n");
    const { exitCode, stderr } = await step("build-and-push.sh", { DOCKERFILE: "docker/web.Dockerfile" });
    assert.equal(exitCode, 0, stderr);
    assert.equal(await withoutRules(), `FROM scratch AS elsewhere\nENV SENTRY_RELEASE=${COMMIT}\n`);
    assert.match(await written("input"), /\nmedia\n/);
  });

  for (const [what, ignoreFiles] of Object.entries<Record<string, string>>({
    "no ignore file": {},
    "one of the context's": { ".dockerignore": "\uFEFF*.log\n# comment\ndocs\n!docs/keep.md\n!.git\r\n" },
    "one that does not end its last line": { ".dockerignore": "docs" },
    "one of the Dockerfile's own": { ".dockerignore": "*.log", "Dockerfile.dockerignore": "docs\n!.dockerignore" },
  }))
    it(`take the same files as \`pulumi up\`, with ${what}`, async () => {
      const site = join(folder, "site");
      const names = ["manage.py", "a.log", "docs/a.md", "docs/keep.md", "site/x.pyc", "__pycache__/y", ".git/HEAD"];
      await rm(site, { recursive: true, force: true });
      for (const [name, text] of Object.entries({
        ...Object.fromEntries([...names, ".venv/bin/python", ".coverage", "venv/x"].map((name) => [name, "x"])),
        ...{ Dockerfile: "FROM scratch", ...ignoreFiles },
      })) {
        await mkdir(dirname(join(site, name)), { recursive: true });
        await writeFile(join(site, name), text);
      }
      const context = { DOCKERFILE: "site/Dockerfile", BUILD_CONTEXT: "site" };
      const { exitCode, stderr } = await step("build-and-push.sh", context);
      assert.equal(exitCode, 0, stderr);
      const text = (await written("input")).split("SENTRY_RELEASE=")[1]?.replace(/^.*\n/, "") ?? "";
      const job = contextEntries(site, { rules: new IgnoreRules(text), file: "written", asksForHistory: [] });
      const { files } = await stageContext(site, join(site, "Dockerfile"), join(folder, "stage"));
      assert.deepEqual(
        job.map(({ path }) => path),
        [...files.keys()],
      );
      assert.ok(!files.has(".git/HEAD"));
    });

  it("deploy the commit's image and wait until it serves", async () => {
    const { exitCode, stdout, stderr } = await step("deploy.sh");
    assert.equal(exitCode, 0, stderr);
    const [newest] = await deploys();
    assert.equal(newest?.status, "live");
    assert.equal(newest?.image.ref, `docker.io/acme/site:${COMMIT}`);
    assert.match(stdout, new RegExp(`${newest?.id} .* is live`));
  });

  it("fail when the deploy fails", async () => {
    runner.script(/:broken$/, "crashes");
    const { exitCode, stderr } = await step("deploy.sh", { CIRCLE_SHA1: "broken" });
    assert.equal(exitCode, 1);
    assert.match(stderr, /^Deploy dep-\w+ of docker\.io\/acme\/site:broken ended as \w+failed/m);
  });

  it("deploy nothing while deploys are held, and end the job there", async () => {
    const before = await deploys();
    const { exitCode, stdout } = await step("deploy.sh", { DELIVERY_HOLD: "v1" });
    assert.equal(exitCode, 0);
    assert.match(stdout, /held at v1/);
    assert.equal(await written("calls"), "circleci-agent step halt\n");
    assert.deepEqual(await deploys(), before);
  });

  it("fail when Render refuses the key, without showing it", async () => {
    const { exitCode, stdout, stderr } = await step("deploy.sh", { RENDER_API_KEY: "wrong-key" });
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /401/);
    assert.doesNotMatch(stdout + stderr, /wrong-key/);
  });

  it("register the release and where it runs, also when it is registered already", async () => {
    for (let time = 1; time <= 2; time += 1) {
      const { exitCode, stderr } = await step("register-release.sh");
      assert.equal(exitCode, 0, stderr);
    }
    const [release] = await call("sentry", "GET", "/api/0/organizations/acme/releases/");
    assert.equal(release.version, COMMIT);
    assert.equal(release.projects[0].slug, "site");
    assert.equal(release.lastDeploy.environment, "production");
  });
});
