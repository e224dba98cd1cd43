/** `delivery seal`, and the previews that are made from its snapshot. The steps build on each other. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { appendFile, copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deliverySucceeds, runDelivery } from "./support/delivery.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";
import { contentOf, firstGiveaway, leftBy, sealedPreview } from "./support/sealing.ts";

const UP = ["up", "--yes", "--skip-preview"];
const SEAL = ["seal", "--stack", "sandbox"];
const SECRETS = {
  "image.password": "registry-password-77",
  "secretVariables.REPORTS_URL": "postgres://app:pa55word-of-db@db.internal:5432/site",
  "secretVariables.API_KEY": "plain-api-key-1234",
  "secretVariables.SETTINGS": '{"token":"json-leaf-secret","port":8123}',
};

/** Makes a value of a secret and of what is none, which no placeholder could stand for. */
const TRANSFORM = `import * as pulumi from "@pulumi/pulumi";
import { transform } from "../lib/transform.ts";
import * as render from "../providers/render/index.ts";

transform(render.WebService, "site", (site) => {
  const variables = site.environmentVariables as Record<string, pulumi.Input<string>>;
  site.environmentVariables = { ...variables, COMBINED: pulumi.interpolate\`key=\${variables["API_KEY"]}\` };
});
`;

describe("a sealed stack, end to end", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let stackFile: string;
  let snapshot: string;

  const configure = (...settings: string[]): Promise<string> =>
    chain.succeed("config", "set-all", "--path", ...settings);

  /** Where the Docker engine has an address of its own. */
  const anotherMachine = () => ({
    DOCKER_HOST: "unix:///elsewhere.sock",
    DOCKER_CONFIG: join(chain.projectDir, "..", "docker"),
  });

  before(async () => {
    chain = await openScriptedChain();
    stackFile = chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
    snapshot = join(chain.projectDir, "..", "sealed.json");
    const secrets = Object.entries(SECRETS).map(([key, value]) => `delivery:${key}=${value}`);
    await configure(...secrets.flatMap((setting) => ["--secret", setting]));
    chain.home.env["PIP_CONF"] = "[global]\nindex-url = https://user:pip-password-9@index.example\n";
    await configure("--plaintext", "delivery:image.secrets.pip_conf.variable=PIP_CONF");
    const database = ["delivery:database.plan=basic_256mb", "delivery:database.version=17"];
    await configure(...database.flatMap((setting) => ["--plaintext", setting]));
    await writeFile(join(chain.projectDir, "stacks", "transforms.ts"), TRANSFORM);
    await chain.succeed(...UP);
  });
  after(async () => {
    await chain?.close();
  });

  it("is written without a change, for this user alone, and says what it is", async () => {
    const writes = await chain.console.writes();
    const settings = await readFile(stackFile, "utf8");
    const told = JSON.parse(await deliverySucceeds(chain, [...SEAL, "--file", snapshot, "--json"], anotherMachine()));
    assert.equal(told.stack, "sandbox");
    assert.equal(told.engine, chain.home.engine.version);
    assert.ok(told.secrets >= 10 && told.resources > 20, JSON.stringify(told));
    assert.equal((await stat(snapshot)).mode & 0o777, 0o600);
    assert.deepEqual(await chain.console.writes(), writes);
    assert.equal(await readFile(stackFile, "utf8"), settings);
  });

  it("holds no secret, nor anything by which a guess at one could be tried", async () => {
    const { outputs } = (await chain.state()).only("sentry:index/sentryKey:SentryKey");
    assert.ok(typeof outputs["secret"] === "object", "the key's secret is encrypted in the state");
    const shown = JSON.parse(await chain.succeed("stack", "export", "--show-secrets"));
    const key = shown.deployment.resources.find(
      ({ type }: { type: string }) => type === "sentry:index/sentryKey:SentryKey",
    );
    const { id: service } = (await chain.state()).only("render:index:WebService");
    const generated = await chain.call("render", "GET", `/v1/services/${service}/env-vars/DJANGO_SECRET_KEY`);
    const { id: database } = (await chain.state()).only("render:index:Postgres");
    const connection = await chain.call("render", "GET", `/v1/postgres/${database}/connection-info`);
    const { env } = chain.services;
    const secrets = [
      ...Object.values(SECRETS),
      ...["pa55word-of-db", "json-leaf-secret", "pip-password-9"],
      ...["GITHUB_TOKEN", "CIRCLE_TOKEN", "SENTRY_AUTH_TOKEN", "RENDER_API_KEY"].map((name) => env[name]),
      ...["secret", "dsnSecret"].map((name) => JSON.parse(key.outputs[name].plaintext)),
      generated.value ?? generated.envVar?.value,
      ...["password", "internalConnectionString", "externalConnectionString"].map((name) => connection[name]),
    ];
    assert.ok(
      secrets.every((secret) => typeof secret === "string" && secret.length >= 6),
      "every secret is known here",
    );
    assert.equal(firstGiveaway(await readFile(snapshot, "utf8"), secrets), undefined);
    const encoded = Buffer.from("x pip-password-9").toString("base64");
    const keyed = createHmac("sha256", "stored").update("pip-password-9").digest("hex");
    for (const planted of [{ a: encoded }, { key: "stored", b: keyed }])
      assert.match(firstGiveaway(JSON.stringify(planted), secrets) ?? "none", / of pip-password-9$/);
  });

  it("previews as unchanged with no token, no passphrase and no network", async () => {
    const calls = (await chain.console.traffic()).length;
    const { code, stdout, stderr } = await sealedPreview(chain, snapshot, stackFile);
    assert.equal(code, 0, stderr + stdout);
    const report = JSON.parse(stdout);
    assert.deepEqual([report.outcome, report.sealed, report.stack], ["no changes", true, "sandbox"]);
    assert.equal((await chain.console.traffic()).length, calls);
  });

  it("is the same on a machine with another DOCKER_HOST than the one in the state", async () => {
    const state = await chain.succeed("stack", "export");
    const recorded = JSON.parse(state);
    for (const { type, inputs, outputs } of recorded.deployment.resources)
      if (type === "pulumi:providers:docker-build") inputs.host = outputs.host = "tcp://first-machine:2375";
    const load = async (text: string): Promise<void> => {
      await writeFile(`${snapshot}.state`, text);
      await chain.succeed("stack", "import", "--file", `${snapshot}.state`);
    };
    await load(JSON.stringify(recorded));
    await deliverySucceeds(chain, [...SEAL, "--file", `${snapshot}.recorded`], anotherMachine());
    const { code, stdout, stderr } = await sealedPreview(chain, `${snapshot}.recorded`, stackFile);
    assert.equal(code, 0, stderr + stdout);
    await load(state);
  });

  it("previews a branch's changes with the steps and property paths of the real preview", async () => {
    await appendFile(join(chain.projectDir, "sandbox", "app", "notes", "urls.py"), "# changed\n");
    const branch = join(chain.projectDir, "..", "branch.yaml");
    const base = join(chain.projectDir, "..", "base.yaml");
    await copyFile(stackFile, base);
    const plain = [
      ...["repository.ruleset.reviews=2", "site.variables.WEB_CONCURRENCY=3", "repository.dockerfile=off"],
      ...["database.plan=pro_4gb", "database.highAvailability=true"],
    ];
    const secret = ["secretVariables.API_KEY=another-api-key-5678", "secretVariables.NEW_KEY=a-new-key-91011"];
    await configure(
      ...plain.flatMap((setting) => ["--plaintext", `delivery:${setting}`]),
      ...secret.flatMap((setting) => ["--secret", `delivery:${setting}`]),
    );
    await copyFile(stackFile, branch);
    const real = await runDelivery(chain, ["preview", "--stack", "sandbox", "--json"]);
    await copyFile(base, stackFile);

    const sealed = await sealedPreview(chain, snapshot, branch);
    assert.equal(sealed.code, 2, sealed.stderr + sealed.stdout);
    assert.deepEqual(contentOf(sealed), contentOf(real));
    const text = sealed.stdout;
    for (const path of [
      "environmentVariables.API_KEY",
      "environmentVariables.NEW_KEY",
      "environmentVariables.COMBINED",
      "requiredApprovingReviewCount",
      "highAvailability",
    ])
      assert.ok(text.includes(path), path);
    assert.ok(!text.includes("DATABASE_URL"), "an unchanged secret shows no change");
    assert.match(text, /repository-dockerfile","label":"[^"]*","operation":"forget"/);
    assert.equal(firstGiveaway(JSON.stringify({ text }), ["another-api-key-5678", "a-new-key-91011"]), undefined);
  });

  it("is not taken for another stack's, or by another version of the engine", async () => {
    const other = await runDelivery(chain, ["preview", "--sealed", snapshot, "--stack", "prod"]);
    assert.equal(other.code, 1);
    assert.match(other.stderr, /of the stack sandbox of the project delivery, not of prod/);
    const older = `${snapshot}.older`;
    const text = await readFile(snapshot, "utf8");
    await writeFile(older, text.replace(`"engine": "${chain.home.engine.version}"`, '"engine": "3.200.0"'));
    const { code, stderr } = await runDelivery(chain, ["preview", "--sealed", older]);
    assert.equal(code, 1);
    assert.match(stderr, /made with version 3\.200\.0 of the engine, and here is /);
  });

  it("is refused where a secret stands unprotected, naming it and the place, and never its value", async () => {
    const state = JSON.parse(await chain.succeed("stack", "export"));
    const site = state.deployment.resources.find(({ type }: { type: string }) => type === "render:index:WebService");
    site.outputs.dashboardUrl += Buffer.from("registry-password-77").toString("base64");
    const planted = join(chain.projectDir, "..", "planted.json");
    await writeFile(planted, JSON.stringify(state));
    await chain.succeed("stack", "import", "--file", planted);
    const temporary = join(chain.projectDir, "..", "temporary");
    await mkdir(temporary);
    const { code, stdout, stderr } = await runDelivery(chain, [...SEAL, "--file", `${snapshot}.refused`], {
      TMPDIR: temporary,
    });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /the setting delivery:image\.password: its bytes in base64 stands in outputs\.dashboardUrl of .*::site/,
    );
    assert.ok(!(stdout + stderr).includes("registry-password-77"));
    await assert.rejects(stat(`${snapshot}.refused`), /ENOENT/);
    assert.deepEqual(await leftBy(temporary), []);
  });
});
