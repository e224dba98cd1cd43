/** `delivery adopt` on chains that were made by hand: whatever of them exists, nothing changes and nothing is written. */
import assert from "node:assert/strict";
import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { deliverySucceeds, runDelivery } from "./support/delivery.ts";
import { followEntry } from "./support/documented-entry.ts";
import { FOREIGN_PIPELINE, handMadeChain, SECRETS } from "./support/hand-made-chain.ts";
import { useOwnStackFile } from "./support/own-stack-file.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

/** What a test reads of the command's JSON. */
interface Adopted {
  readonly found: Record<string, string | null>;
  readonly changes: readonly { readonly key: string; readonly after?: unknown }[];
  readonly secrets: readonly string[];
  readonly imported: readonly string[];
  readonly masked: readonly { readonly name: string; readonly shown?: string }[];
  readonly warnings: readonly string[];
  readonly stricter: readonly { readonly key: string; readonly command: string }[];
}

/** What stands for the words in docs/adopt.md. */
const NAMES = { stack: "sandbox", "owner/name": "acme/site", "folder of the Django project": "sandbox/app" };
const IN_PRODUCTION = ["--environment", "production", "--repository", "acme/site", "--path", "sandbox/app"];

describe("delivery adopt", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let hand: ReturnType<typeof handMadeChain>;
  let file: string;

  before(async () => {
    chain = await openScriptedChain();
    await useOwnStackFile(chain);
    file = join(chain.projectDir, "Pulumi.sandbox.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace(/^config:\n(?: .*\n|\n)*/m, ""));
    await copyFile(file, `${file}.empty`);
    hand = handMadeChain(chain);
  });
  after(async () => {
    await chain?.close();
  });

  const backups = async (): Promise<string[]> =>
    (await readdir(chain.projectDir)).filter((name) => name.includes(".before-adopt"));
  const startOver = async (): Promise<void> => {
    await chain.reset();
    for (const copy of await backups()) await rm(join(chain.projectDir, copy));
    await copyFile(`${file}.empty`, file);
  };
  /** Runs it; it has to succeed and may only read. */
  const adopt = async (...args: string[]): Promise<Adopted> => {
    const written = await chain.console.writes();
    const output = await deliverySucceeds(chain, ["adopt", "--yes", "--json", ...args]);
    assert.deepEqual(await chain.console.writes(), written);
    return JSON.parse(output) as Adopted;
  };
  const settings = async (): Promise<Record<string, Record<string, unknown>>> =>
    (parse(await readFile(file, "utf8")) as { config: Record<string, Record<string, unknown>> }).config;
  const nothingChanges = (): Promise<string> => chain.succeed("preview", "--expect-no-changes");

  describe("all of it, with a moving tag, a foreign pipeline and no ruleset", () => {
    let adopted: Adopted;
    before(async () => {
      await startOver();
      await hand.repository();
      await hand.pipeline();
      await hand.site({ dsn: await hand.errors() });
      await hand.send("github", "PUT", "/api/v3/repos/acme/site/vulnerability-alerts");
      adopted = await adopt(...IN_PRODUCTION);
    });

    it("imports all of it, protected, and nothing changes", async () => {
      const names = ["repository", "repository-pipeline-file", "repository-dockerfile", "pipeline", "context"];
      const errors = ["errors-team", "errors-project", "errors-key"];
      const all = [...names, "repository-vulnerability-alerts", ...errors, "site", "site-www.acme.example"];
      assert.deepEqual([...adopted.imported].sort(), all.sort());
      await nothingChanges();
      const { deployment } = JSON.parse(await chain.succeed("stack", "export"));
      const isProtected = deployment.resources.map((one: { urn: string; protect?: boolean }) => [
        one.urn.split("::").at(-1),
        one.protect ?? false,
      ]);
      assert.deepEqual(new Map(isProtected).get("repository"), true);
      assert.deepEqual(new Map(isProtected).get("context"), false);
    });

    it("describes what it found in the stack's file", async () => {
      const config = await settings();
      assert.deepEqual(config["delivery:repository"], {
        description: "Our site: by hand",
        visibility: "private",
        topics: ["python", "web"],
        mergeMethods: ["squash", "merge", "rebase"],
        deleteBranchOnMerge: false,
        ruleset: "off",
        pipelineFile: "observed",
        dockerfile: "observed",
      });
      assert.equal(config["delivery:pipeline"]?.["context"], "site-secrets");
      assert.deepEqual(config["delivery:image"], {
        repository: "localhost:5000/acme/site",
        delivery: "continuous",
        tag: "latest",
      });
      assert.deepEqual(config["delivery:site"]?.["variables"], { WEB_CONCURRENCY: "2", GREETING: "hello: world" });
      assert.equal(config["delivery:site"]?.["secretKey"], "keep");
      assert.deepEqual(config["delivery:asFound"]?.["pipeline"], {
        settings: {
          autocancelBuilds: false,
          buildForkPrs: false,
          forksReceiveSecretEnvVars: true,
          setupWorkflows: true,
          writeSettingsRequiresAdmin: false,
        },
      });
      assert.match(await readFile(file, "utf8"), /pipelineFile: observed # yours: compared, never written/);
    });

    it("keeps every secret value, encrypted, and shows none", async () => {
      const plain = JSON.parse(await chain.succeed("config", "--json", "--show-secrets"));
      assert.deepEqual(plain["delivery:secretVariables"].objectValue, {
        DATABASE_URL: SECRETS.databaseUrl,
        API_TOKEN: SECRETS.apiToken,
        SIGNING_KEY: SECRETS.multiline,
      });
      const shown = [JSON.stringify(adopted), ...(await filesOf(chain.projectDir))].join("\n");
      for (const secret of Object.values(SECRETS)) assert.ok(!shown.includes(secret.trim()));
    });

    it("lists what a service keeps to itself, and what could be stricter", () => {
      assert.deepEqual(
        adopted.masked.map(({ name, shown }) => [name, shown]),
        [
          ["AWS_SECRET", undefined],
          ["RENDER_API_KEY", undefined],
          ["PYPI_TOKEN", "xxxxalue"],
          ["image.password", undefined],
        ],
      );
      const keys = adopted.stricter.map(({ key }) => key.replace("delivery:", ""));
      for (const key of [
        "repository.ruleset",
        "repository.secretScanning",
        "repository.pipelineFile",
        "pipeline.restrictContext",
        "image.delivery",
        "asFound.site.healthCheckPath",
        "asFound.pipeline.settings.forksReceiveSecretEnvVars",
      ])
        assert.ok(keys.includes(key), key);
    });

    it("warns of the pipeline that it observes, and never writes it", async () => {
      assert.match(adopted.warnings.join("\n"), /\.circleci\/config\.yml is not what the program would write/);
      const answer = await hand.send("github", "GET", "/api/v3/repos/acme/site/contents/.circleci/config.yml");
      const { content } = answer as { content: string };
      assert.equal(Buffer.from(content, "base64").toString("utf8"), FOREIGN_PIPELINE);
    });

    it("changes nothing the second time, and says so", async () => {
      const before = await readFile(file, "utf8");
      const again = await deliverySucceeds(chain, ["adopt"]);
      assert.match(again, /^Nothing to adopt: the stack describes what exists\. A preview shows no change\./);
      assert.equal(await readFile(file, "utf8"), before);
    });

    it("finishes what is half imported, from a file of init and with the registry's password, and keeps that file", async () => {
      const { resources } = await chain.state();
      const lost = resources.filter(({ urn }) =>
        /::(site|site-www\.acme\.example|errors-key|context|repository-dockerfile)$/.test(urn),
      );
      const urns = lost.filter(({ id }) => id !== undefined).map(({ urn }) => urn);
      await chain.succeed("state", "delete", ...urns, "--yes", "--force");
      await copyFile(`${file}.empty`, file);
      const set = { "pipeline.organization": "gh/acme", "site.ownerId": "tea-qq7f2uo48u621ffmqj55" };
      const answers = Object.entries({ ...set, "github:owner": "acme", "application.path": "sandbox/app" });
      const flags = answers.flatMap(([key, value]) => ["--set", `${key}=${value}`]);
      const named = ["--set", "application.name=site", "--set", "environment=production"];
      await deliverySucceeds(chain, ["init", "sandbox", "--yes", "--force", ...flags, ...named]);
      await chain.succeed("config", "set", "--secret", "--path", "delivery:image.password", SECRETS.registry);
      const made = await readFile(file, "utf8");

      const { imported, masked } = await adopt();
      const missing = [
        "context",
        "errors-key",
        "hosting-credential",
        "repository-dockerfile",
        "site",
        "site-www.acme.example",
      ];
      assert.deepEqual([...imported].sort(), missing);
      assert.ok(masked.every(({ name }) => name !== "image.password"));
      assert.equal((await settings())["delivery:image"]?.["username"], "acme");
      assert.doesNotMatch(await readFile(file, "utf8"), /registryCredentialId/);
      await nothingChanges();
      const kept = await Promise.all((await backups()).map((name) => readFile(join(chain.projectDir, name), "utf8")));
      assert.ok(kept.includes(made));
    });
  });

  describe("a repository with rules of its own, then CircleCI", () => {
    let original: string;
    before(async () => {
      await startOver();
      original = await readFile(file, "utf8");
      await hand.repository();
      await hand.ruleset();
    });
    const follow = (entry: string) => followEntry(chain, entry, { page: "adopt.md", values: NAMES });

    it("adopts the repository alone", async () => {
      const written = await chain.console.writes();
      assert.match(await follow("Adopt"), /^Adopted: 4 imported/);
      const { "delivery:repository": repository, "delivery:asFound": kept, ...others } = await settings();
      assert.deepEqual(repository?.["ruleset"], { reviews: 2, bypass: [] });
      assert.deepEqual((kept?.["repository-ruleset"] as { name?: string } | undefined)?.name, "main is precious");
      for (const part of ["pipeline", "image", "errors", "site"]) assert.equal(others[`delivery:${part}`], "off");
      assert.match(await deliverySucceeds(chain, ["adopt"]), /^Nothing to adopt/);
      assert.deepEqual(await chain.console.writes(), written);
    });

    it("adopts CircleCI as well, once it is there, and makes one thing stricter", async () => {
      await hand.pipeline({ restricted: true });
      const { imported } = await adopt();
      assert.deepEqual([...imported].sort(), ["context", "context-project", "pipeline", "repository-pipeline-file"]);
      assert.equal("restrictContext" in ((await settings())["delivery:pipeline"] ?? {}), false);

      // What the update writes shows also that nothing else was left to change.
      const written = (await chain.console.writes()).length;
      await follow("Make it stricter");
      const writes = (await chain.console.writes()).slice(written);
      assert.deepEqual(writes, ["circleci PATCH /api/v2/project/gh/acme/site/settings"]);
      const { advanced } = await chain.call("circleci", "GET", "/api/v2/project/gh/acme/site/settings");
      assert.deepEqual(
        [advanced.forks_receive_secret_env_vars, advanced.setup_workflows, advanced.write_settings_requires_admin],
        [false, true, false],
      );
      assert.match(await deliverySucceeds(chain, ["adopt"]), /^Nothing to adopt/);
    });

    it("goes back", async () => {
      const written = await chain.console.writes();
      await follow("Go back");
      assert.equal(await readFile(file, "utf8"), original);
      assert.deepEqual(await chain.console.writes(), written);
      await chain.succeed("stack", "init", "sandbox");
      assert.deepEqual((await chain.state()).resources, []);
    });
  });

  describe("Render, in a project, and Sentry, without a platform", () => {
    const names = ["--application", "site", "--path", "sandbox/app"];
    before(async () => {
      await startOver();
      await hand.site({ dsn: await hand.errors({ platform: null }), project: true });
    });

    it("asks when more than one service could be meant", async () => {
      await hand.site({ name: "site-other", domain: "" });
      const { code, stderr } = await runDelivery(chain, ["adopt", "--yes", ...names]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /not clear which Render service .*: site-live, site-other\. Nothing was changed\.\n.*--service/,
      );
    });

    it("names what would still change, and leaves file and state as they were", async () => {
      const own = join(chain.projectDir, "stacks", "transforms.ts");
      const transforms = await readFile(own, "utf8");
      const team = 'new sentry.SentryTeam("another-team", { organization: "acme", name: "another", slug: "another" });';
      await writeFile(own, `import * as sentry from "@pulumiverse/sentry";\n${team}\n`);
      const before = await readFile(file, "utf8");
      const { code, stderr } = await runDelivery(chain, ["adopt", "--yes", "--service", "site-live", ...names]);
      assert.equal(code, 1);
      assert.match(stderr, /Not adopted(.|\n)*another-team would be created(.|\n)*File and state are as they were/);
      assert.equal(await readFile(file, "utf8"), before);
      assert.deepEqual((await chain.state()).resources, []);
      await writeFile(own, transforms);
    });

    it("adopts what is named", async () => {
      const { imported } = await adopt("--service", "site-live", ...names);
      assert.ok(imported.includes("site-environment") && imported.includes("hosting-project"));
      const kept = (await settings())["delivery:asFound"] ?? {};
      assert.deepEqual(kept["errors-project"], { platform: null, name: "The Site" });
      assert.deepEqual(kept["site-environment"], { name: "Live", protectedStatus: "protected" });
      await nothingChanges();
    });
  });

  it("pins a tag that stays; a dry run only says so", async () => {
    await startOver();
    await hand.site({ tag: "v1.4.2" });
    const before = await readFile(file, "utf8");
    const { changes } = await adopt("--dry-run", "--application", "site", "--sentry", "off");
    const after = new Map(changes.map(({ key, after }) => [key, after]));
    assert.deepEqual([after.get("image.delivery"), after.get("image.tag")], ["pinned", "v1.4.2"]);
    assert.equal(await readFile(file, "utf8"), before);
    assert.deepEqual((await chain.state()).resources, []);
  });
});

/** The texts of what adoption has written beside the program. */
async function filesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith("Pulumi."));
  return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
}
