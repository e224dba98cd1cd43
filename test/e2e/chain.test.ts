/** The life of a chain, with the real engine, real image builds and real containers. The steps build on each other. */
import assert from "node:assert/strict";
import { appendFile, chmod, readdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Outputs, outputsSchema } from "../../contract/schema.ts";
import { proveEmpty } from "../../sandbox/proofs.ts";
import { type Chain, openChain } from "./support/chain.ts";
import { registryTags } from "./support/image-registry.ts";
import { eventually } from "./support/pseudo-terminal.ts";

/** The outputs of a stack whose every part is on. */
type WholeOutputs = { [Key in keyof Outputs]-?: NonNullable<Outputs[Key]> };

const UP = ["up", "--yes", "--skip-preview"];

describe("the delivery chain, end to end", function () {
  this.timeout(900_000);
  let chain: Chain;
  let printed = "";

  before(async () => {
    chain = await openChain({ plugins: "processes" });
  });
  after(async () => {
    await chain?.close();
  });

  const outputs = async (): Promise<WholeOutputs> => outputsSchema.parse(await chain.outputs()) as WholeOutputs;
  const tags = (): Promise<string[]> => registryTags(chain.world.description.registry, "acme/site");
  const deploys = async (): Promise<string[]> =>
    (await chain.writes()).filter((line) => /^render POST .*\/(services|deploys)$/.test(line));

  it("creates everything, joined, in one up", async () => {
    printed += await chain.succeed(...UP);
    const { site, image, errors, repository, pipeline } = await outputs();
    assert.equal(repository.fullName, "acme/site");
    assert.deepEqual(pipeline, { slug: "gh/acme/site", context: "site-sandbox" });
    assert.match(image.digest, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(await tags(), [image.tag]);
    assert.match(errors.dsn, /^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/\d+$/);
    assert.match(site.deployId ?? "", /^dep-/);
    assert.equal((await fetch(site.url)).status, 200);
  });

  it("sends an error of the running site to the declared project", async () => {
    const { site } = await outputs();
    const state = async (): Promise<number> => {
      const answer = await fetch(`${chain.world.description.console}/_sandbox/state`);
      return ((await answer.json()) as { sentry: { events: number } }).sentry.events;
    };
    assert.equal(await state(), 0);
    assert.equal((await fetch(new URL("/raise-error/", site.url))).status, 500);
    const deadline = Date.now() + 10_000;
    while ((await state()) === 0 && Date.now() < deadline) await new Promise((wake) => setTimeout(wake, 100));
    assert.equal(await state(), 1);
  });

  it("changes, builds, pushes and deploys nothing when nothing changed", async () => {
    const before = await chain.writes();
    printed += await chain.succeed(...UP, "--expect-no-changes");
    assert.deepEqual(await chain.writes(), before);
    assert.equal((await tags()).length, 1);
  });

  it("is refused before anything changes with a DOCKER_HOST for which the image would be replaced", async () => {
    const before = await chain.writes();
    const { code, stdout, stderr } = await chain.pulumiWith({ DOCKER_HOST: "unix:///elsewhere.sock" }, ...UP);
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /DOCKER_HOST is unix:\/\/\/elsewhere\.sock here(.|\n)*would replace the image/);
    assert.doesNotMatch(stdout + stderr, /docker-build:index:Image/);
    assert.deepEqual(await chain.writes(), before);
  });

  it("is indifferent to file modes, times and the checkout's path", async () => {
    const app = join(chain.projectDir, "sandbox", "app");
    for (const name of await readdir(app)) await chmod(join(app, name), name.includes(".") ? 0o600 : 0o700);
    await utimes(join(app, "manage.py"), new Date(0), new Date(0));
    const elsewhere = join(chain.folder, "elsewhere");
    await rename(chain.projectDir, elsewhere);
    try {
      await chain.succeedIn(elsewhere, "preview", "--expect-no-changes", "--stack", "sandbox");
    } finally {
      await rename(elsewhere, chain.projectDir);
    }
  });

  it("shows a changed file beforehand, without a daemon, then builds and deploys one new image", async () => {
    const before = { tags: await tags(), deploys: await deploys(), outputs: await outputs() };
    await appendFile(join(chain.projectDir, "sandbox", "app", "notes", "urls.py"), "# changed\n");

    const preview = await chain.pulumiWith({ DOCKER_CONTEXT: "nowhere", SANDBOX_BUILDER: "" }, "preview", "--diff");
    assert.equal(preview.code, 0, preview.stdout + preview.stderr);
    assert.match(preview.stdout, /docker-build:index:Image/);
    assert.match(preview.stdout, /render:index:WebService/);
    assert.deepEqual(await tags(), before.tags);

    printed += await chain.succeed(...UP);
    const { image, site } = await outputs();
    assert.notEqual(image.tag, before.outputs.image.tag);
    assert.ok(preview.stdout.includes(image.tag), "the preview names the tag that was then built");
    assert.deepEqual(await tags(), [...before.tags, image.tag].sort());
    assert.equal((await deploys()).length, before.deploys.length + 1);
    assert.equal(site.id, before.outputs.site.id);
    assert.equal(site.url, before.outputs.site.url);
    assert.notEqual(site.deployId, before.outputs.site.deployId);
  });

  it("builds a changed Dockerfile, and when that breaks keeps what runs and says which step failed", async () => {
    const file = join(chain.projectDir, "Dockerfile");
    const good = await readFile(file, "utf8");
    const before = await outputs();
    await writeFile(file, `${good}\nRUN this-command-does-not-exist\n`);
    const { code, stdout, stderr } = await chain.pulumi(...UP);
    await writeFile(file, good);
    printed += stdout + stderr;
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /this-command-does-not-exist/);
    assert.doesNotMatch(stdout + stderr, /\n\s+at .*\.ts:\d+/);
    assert.equal((await fetch(before.site.url)).status, 200);
    printed += await chain.succeed(...UP);
    assert.equal((await outputs()).image.tag, before.image.tag);
  });

  it("keeps what runs when the new site does not start, and shows its last words", async () => {
    const file = join(chain.projectDir, "sandbox", "app", "config", "wsgi.py");
    const good = await readFile(file, "utf8");
    const before = await outputs();
    await writeFile(file, `raise RuntimeError("broken on purpose")\n${good}`);
    const { code, stdout, stderr } = await chain.pulumi(...UP);
    await writeFile(file, good);
    printed += stdout + stderr;
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /deploy dep-\w+ of \S+ on service "site-sandbox" ended as update_failed/);
    assert.match(stdout + stderr, /broken on purpose/);
    assert.ok((stdout + stderr).includes(`The old image still serves: ${before.image.reference}`));
    assert.equal((await fetch(before.site.url)).status, 200);
    printed += await chain.succeed(...UP);
    assert.equal((await outputs()).image.tag, before.image.tag);
    printed += await chain.succeed(...UP, "--expect-no-changes");
  });

  it("sees a variable that was edited by hand at Render", async () => {
    const { site } = await outputs();
    const { env, services } = chain.world.description;
    const answer = await fetch(`${services["render"]}/v1/services/${site.id}/env-vars/SENTRY_ENVIRONMENT`, {
      method: "PUT",
      headers: { authorization: `Bearer ${env["RENDER_API_KEY"]}`, "content-type": "application/json" },
      body: JSON.stringify({ value: "edited by hand" }),
    });
    assert.equal(answer.status, 200);
    const preview = await chain.succeed("preview", "--refresh", "--run-program", "--diff");
    assert.match(preview, /SENTRY_ENVIRONMENT/);
    printed += await chain.succeed("up", "--yes", "--skip-preview", "--refresh", "--run-program");
    await chain.succeed("preview", "--refresh", "--run-program", "--expect-no-changes");
  });

  it("shows no secret in state, outputs, messages or masked traffic", async () => {
    const { env, registry } = chain.world.description;
    const secrets = [
      registry.password,
      ...Object.entries(env)
        .filter(([name]) => /TOKEN|KEY/.test(name))
        .map(([, value]) => value),
    ];
    assert.equal(secrets.length, 5);
    const places = {
      state: await chain.succeed("stack", "export"),
      outputs: await chain.succeed("stack", "output", "--json", "--show-secrets"),
      messages: printed,
      traffic: JSON.stringify(await chain.traffic()),
    };
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) assert.ok(!text.includes(secret), `a secret stands in the ${place}`);
    }
  });

  it("finds everything at the same addresses after a restart: a saved plan fits, and the site answers", async () => {
    const before = chain.world.description;
    const { site } = outputsSchema.parse(await chain.outputs());
    const plan = join(chain.folder, "plan.json");
    const withPlans = { PULUMI_EXPERIMENTAL: "true" };
    await chain.pulumiWith(withPlans, "preview", "--save-plan", plan);
    await chain.restart();
    const { pid: _now, ...now } = chain.world.description;
    const { pid: _then, ...then } = before;
    assert.deepEqual(now, then);
    const up = await chain.pulumiWith(withPlans, "up", "--yes", "--skip-preview", "--plan", plan);
    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.match(up.stdout, /\d+ unchanged/);
    await eventually("the site's answer", async () => (await fetch(site?.url ?? "")).status === 200);
  });

  it("refreshes and destroys after the sandbox came up on other ports, and leaves every service empty", async () => {
    const before = chain.world.description.services;
    await chain.restart("other ports");
    assert.notDeepEqual(chain.world.description.services, before);
    await chain.succeed("refresh", "--yes", "--skip-preview", "--run-program");
    const built = await tags();
    await chain.succeed("destroy", "--yes", "--skip-preview", "--run-program");
    await proveEmpty(chain.world.description.console);
    assert.deepEqual(await tags(), built, "images outlive the stack that built them");
  });
});
