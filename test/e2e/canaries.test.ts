/**
 * Secrets where people put them, through every command. Afterwards all that came out is searched for each of them, in
 * every form. The steps build on each other; the last ones search.
 */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parseDocument } from "yaml";
import type { RunResult } from "../../cli/child-process.ts";
import { deployHookPath } from "../../sandbox/services/render/deploy-hook.ts";
import { canariesIn, drawn, drawnHex, drawnWithSigns, formsOf } from "./support/canaries.ts";
import { runDelivery } from "./support/delivery.ts";
import { handMadeChain } from "./support/hand-made-chain.ts";
import { useOwnStackFile } from "./support/own-stack-file.ts";
import { openPullRequest } from "./support/pull-request.ts";
import { type RegistryDouble, startRegistryDouble } from "./support/registry-double.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";
import { sealedPreview } from "./support/sealing.ts";

/** Sentry's DSN is not among them: it is public by design, and an output of the stack. Its key's secret is. */
const drawnSecrets = () => ({
  // In the environment of whoever runs the commands.
  GITHUB_TOKEN: `ghp_${drawn(36)}`,
  CIRCLE_TOKEN: `CCIPAT_${drawn(22).replaceAll(/[0OIl]/g, "x")}_${drawnHex(40)}`,
  SENTRY_AUTH_TOKEN: `sntryu_${drawnHex(64)}`,
  RENDER_API_KEY: `rnd_${drawn(28)}`,
  CI_RENDER_API_KEY: `rnd_${drawn(28)}`,
  CI_SENTRY_AUTH_TOKEN: `sntryu_${drawnHex(64)}`,
  PULUMI_CONFIG_PASSPHRASE: drawnWithSigns(),
  "build secret": drawn(24),
  // Encrypted in the stack's file.
  "registry password": `dckr_pat_${drawn(27)}`,
  "secret variable": drawnWithSigns(),
  "second value": drawnWithSigns(),
  // At the services, made by hand.
  "Django's secret key": `django-insecure-${drawnWithSigns()}`,
  "password in an address": drawn(24),
  "variable of no telling name": drawn(40),
  "private key": drawn(48),
  "registry credential": `dckr_pat_${drawn(27)}`,
  "CircleCI variable": drawn(32),
  "webhook address": drawn(24),
  "webhook secret": drawnWithSigns(),
  "value edited by hand": drawnWithSigns(),
  // In the folder of the site, where its ignore file names it.
  ".env of the site": drawn(32),
  // Made by a service.
  "deploy hook": "",
  "Sentry key's secret": "",
});

/** Where a secret may stand, and why. Paths are below the folder of the world. */
const ALLOWED: readonly { place: RegExp; why: string; mode?: number }[] = [
  { place: /^services\.sqlite/, why: "what the emulated services themselves keep", mode: 0o600 },
  { place: /^project\/sandbox\/app\/\.env$/, why: "the user's own file, where the user has put it" },
];

describe("secrets in whatever comes out of the commands", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let folder: string;
  let service: string;
  let registry: RegistryDouble;
  const secrets: Record<string, string> = drawnSecrets();
  /** What was printed, by command. */
  const printed = new Map<string, string>();
  const out = (name: string): string => join(folder, "out", name);

  /** Runs a command and keeps what it prints; the exit codes are those that it may end with. */
  const run = async (
    args: readonly string[],
    codes: readonly number[] = [0],
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunResult> => {
    const result = await runDelivery(chain, args, env);
    printed.set(`${printed.size} ${args.join(" ").replaceAll(folder, "")}`, result.stdout + result.stderr);
    const { code, stdout, stderr } = result;
    assert.ok(codes.includes(code), `delivery ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
    return result;
  };
  /** Sets secrets in the stack's file as docs say: by standard input they are in no list of processes. */
  const configure = (...settings: string[]): Promise<string> =>
    chain.succeed("config", "set-all", "--path", ...settings);

  before(async () => {
    registry = await startRegistryDouble({
      users: { acme: secrets["registry password"] ?? "" },
      writers: ["acme"],
      repositories: { "acme/site": { isPrivate: true, tags: ["latest"] } },
    });
    chain = await openScriptedChain();
    folder = dirname(chain.projectDir);
    const { env } = chain.home;
    await chain.changeAccount({
      tokens: {
        github: secrets["GITHUB_TOKEN"] ?? "",
        circleci: secrets["CIRCLE_TOKEN"] ?? "",
        sentry: secrets["SENTRY_AUTH_TOKEN"] ?? "",
        render: secrets["RENDER_API_KEY"] ?? "",
      },
    });
    await useOwnStackFile(chain);
    const file = join(chain.projectDir, "Pulumi.sandbox.yaml");
    const temporary = join(folder, "temporary");
    await Promise.all([mkdir(temporary), mkdir(join(folder, "out"))]);
    const named = ["CI_RENDER_API_KEY", "CI_SENTRY_AUTH_TOKEN", "PULUMI_CONFIG_PASSPHRASE"];
    Object.assign(env, chain.services.env, { TMPDIR: temporary });
    for (const name of named) env[name] = secrets[name] ?? "";
    env["PIP_CONF"] = `[global]\nindex-url = https://user:${secrets["build secret"]}@index.example\n`;
    // The sandbox's stack has a passphrase that is none; this one is made anew, by another.
    await chain.succeed("stack", "rm", "--yes", "--preserve-config");
    const document = parseDocument(await readFile(file, "utf8"));
    for (const key of ["config", "encryptionsalt"]) document.delete(key);
    await writeFile(file, document.toString());
    await chain.succeed("stack", "init", "sandbox");
    await writeFile(join(chain.projectDir, "sandbox", "app", ".env"), `KEY=${secrets[".env of the site"]}\n`);
  });
  after(async () => {
    await registry?.close();
    await chain?.close();
  });

  it("are put where people put them: at the services, by hand", async () => {
    const hand = handMadeChain(chain, {
      databaseUrl: `postgres://site:${secrets["password in an address"]}@db.example/site`,
      apiToken: secrets["variable of no telling name"] ?? "",
      djangoKey: secrets["Django's secret key"] ?? "",
      multiline: `-----BEGIN PRIVATE KEY-----\n${secrets["private key"]}\n-----END PRIVATE KEY-----\n`,
      registry: secrets["registry credential"] ?? "",
      context: secrets["CircleCI variable"] ?? "",
    });
    await hand.repository();
    await hand.pipeline();
    await hand.send("github", "POST", "/api/v3/repos/acme/site/hooks", {
      config: {
        url: `https://hooks.example/services/${secrets["webhook address"]}`,
        secret: secrets["webhook secret"],
        content_type: "json",
      },
    });
    service = await hand.site({ dsn: await hand.errors(), registry: registry.address });
    await hand.send("render", "PUT", `/v1/services/${service}/env-vars/REPLICA`, {
      value: secrets["variable of no telling name"],
    });
    secrets["deploy hook"] = new URL(deployHookPath(service), "http://x").searchParams.get("key") ?? "";
  });

  it("go through adopt and doctor, also with logins in the addresses of services", async () => {
    const named = ["--repository", "acme/site", "--path", "sandbox/app"];
    await run(["adopt", "--dry-run", ...named]);
    await run(["adopt", "--yes", "--json", ...named]);
    await run(["doctor", "--json"], [0, 2]);
    const addresses = ["GITHUB_BASE_URL", "CIRCLE_BASE_URL", "SENTRY_BASE_URL", "RENDER_BASE_URL"].map((name) => [
      name,
      (chain.home.env[name] ?? "").replace("://", `://user:${secrets["password in an address"]}@`),
    ]);
    await run(["doctor"], [0, 2], Object.fromEntries(addresses));
  });

  it("go through preview and up, with a plan, as a page and as a comment", async () => {
    await configure(
      ...["--plaintext", "delivery:image.delivery=build", "--plaintext", "delivery:image.username=acme"],
      ...["--plaintext", "delivery:image.secrets.pip_conf.variable=PIP_CONF"],
      ...["--secret", `delivery:image.password=${secrets["registry password"]}`],
      ...["--secret", `delivery:secretVariables.API_KEY=${secrets["secret variable"]}`],
    );
    const loose = ["asFound.pipeline.settings.forksReceiveSecretEnvVars", "pipeline.restrictContext"];
    await chain.succeed("config", "rm-all", "--path", ...loose.map((key) => `delivery:${key}`));
    const [plan, markdown, html] = [out("plan.json"), out("preview.md"), out("preview.html")];
    await run(["preview", "--save-plan", plan, "--markdown", markdown, "--html", html], [2], {
      PULUMI_EXPERIMENTAL: "true",
    });
    const { job, comments } = await openPullRequest(chain.services);
    await run(["up", "--yes", "--plan", plan, "--publish"], [0], job);
    await writeFile(out("comments.json"), JSON.stringify(await comments()));
    const shown = JSON.parse(await chain.succeed("stack", "export", "--show-secrets"));
    const key = shown.deployment.resources.find(({ type }: { type: string }) => /SentryKey$/.test(type));
    secrets["Sentry key's secret"] = JSON.parse(key.outputs.secret.plaintext);
  });

  it("go through seal, a sealed preview and outputs", async () => {
    const snapshot = out("sealed.json");
    await run(["seal", "--file", snapshot]);
    const sealed = await sealedPreview(chain, snapshot, join(chain.projectDir, "Pulumi.sandbox.yaml"));
    assert.equal(sealed.code, 0, sealed.stdout + sealed.stderr);
    printed.set("preview --sealed", sealed.stdout + sealed.stderr);
    await run(["outputs", "--file", out("outputs.json"), "--json"]);
  });

  it("go through drift, an up that fails on an answer which repeats them, and recover", async () => {
    const variable = `/v1/services/${service}/env-vars/API_KEY`;
    await chain.call("render", "PUT", variable, { value: secrets["value edited by hand"] });
    await run(["drift", "--publish", "--repository", "acme/delivery", "--html", out("drift.html")], [2]);
    const issues = await chain.call("github", "GET", "/api/v3/repos/acme/delivery/issues?state=all");
    assert.match(JSON.stringify(issues), /Drift in sandbox/);
    await writeFile(out("issues.json"), JSON.stringify(issues));
    await configure("--secret", `delivery:secretVariables.API_KEY=${secrets["second value"]}`);
    const refused = `no such value: ${secrets["second value"]}, by ${secrets["RENDER_API_KEY"]}`;
    const answer = { status: 400, body: { message: refused } };
    await chain.console.fault({ service: "render", method: "PUT", path: "/v1/services/**", action: answer });
    const { stdout } = await run(["up", "--yes", "--refresh", "--json"], [1]);
    assert.match(stdout, /no such value/);
    await run(["recover", "--yes"]);
  });

  it("go through releases, rollback and destroy", async () => {
    await run(["releases"]);
    await run(["rollback", "latest", "--yes"]);
    await run(["pulumi", "destroy", "--yes", "--run-program", "--skip-preview"]);
    for (const path of ["traffic", "state"])
      printed.set(path, await (await fetch(`${chain.services.console.baseUrl}/_sandbox/${path}`)).text());
  });

  it("are all known here", () => {
    for (const [name, secret] of Object.entries(secrets)) assert.ok(secret.length >= 6, name);
    assert.equal(printed.size, 17);
  });

  it("are found in every form where they are", () => {
    const secret = drawnWithSigns();
    for (const { form, text } of formsOf(secret))
      assert.equal(canariesIn(`before${text}after`, { secret }).length, 1, form);
  });

  it("were in nothing that was printed", () => {
    const found = [...printed].flatMap(([command, text]) =>
      canariesIn(text, secrets).map((canary) => `${command}: ${canary}`),
    );
    assert.deepEqual(found, []);
  });

  it("are in no file, but where they have to be", async () => {
    const found: string[] = [];
    const needed = new Set<RegExp>();
    for (const path of await filesBelow(folder)) {
      const canaries = canariesIn(`${path}\n${await readFile(path, "latin1")}`, secrets);
      const name = relative(folder, path);
      const allowed = ALLOWED.find(({ place }) => place.test(name));
      if (allowed?.mode !== undefined) assert.equal((await stat(path)).mode & 0o777, allowed.mode, name);
      if (!allowed) found.push(...canaries.map((canary) => `${name}: ${canary}`));
      else if (canaries.length > 0) needed.add(allowed.place);
    }
    assert.deepEqual(found, []);
    // The search finds what is there, and nothing is allowed that need not be.
    assert.equal(needed.size, ALLOWED.length);
  });
});

/** Every file of a folder; what is linked there is not its own. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
