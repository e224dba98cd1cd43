/**
 * The providers as other projects install them: their tarballs in an empty Pulumi program, against emulated services. The
 * commands and the programs are those of the packages' README files.
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectRoot } from "../../sandbox/paths.ts";
import { languageHost, missingHost, pythonGenerator, pythonHost, yamlHost } from "./support/language-hosts/hosts.ts";
import { type Consumer, documented, type PackedProviders, packProviders } from "./support/packed-providers.ts";
import { missingForPython, virtualEnvironment } from "./support/python.ts";

describe("the providers' packages", function () {
  this.timeout(900_000);
  let packed: PackedProviders;
  before(async () => {
    packed = await packProviders();
  });
  after(() => packed?.close());

  /** A stack of the program in the folder: up, no change after that, and deleted again. */
  const lives = async ({ run }: Consumer): Promise<void> => {
    await run("pulumi", "stack", "init", "dev");
    await run("pulumi", "config", "set", "--secret", "renderApiKey", "rnd_consumer");
    await run("pulumi", "up", "--yes", "--skip-preview");
    const outputs = JSON.parse(await run("pulumi", "stack", "output", "--json"));
    assert.match(outputs["url"], /^https?:\/\//);
    assert.match(outputs["contextId"], /^[0-9a-f-]{36}$/);
    await run("pulumi", "preview", "--refresh", "--expect-no-changes");
    assert.doesNotMatch(await run("pulumi", "stack", "export"), /rnd_consumer/);
    await run("pulumi", "destroy", "--yes", "--skip-preview");
    const { deployment } = JSON.parse(await run("pulumi", "stack", "export"));
    assert.deepEqual(deployment.resources ?? [], []);
  };

  describe("in TypeScript", () => {
    let consumer: Consumer;
    before(async () => {
      consumer = await packed.consumer("typescript");
      const { cwd, run } = consumer;
      const { dependencies } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8"));
      const sdk = { "@pulumi/pulumi": dependencies["@pulumi/pulumi"] };
      const manifest = { name: "consumer", private: true, type: "module", dependencies: sdk };
      await writeFile(join(cwd, "package.json"), JSON.stringify(manifest));
      const project = {
        name: "consumer",
        runtime: { name: "nodejs", options: { typescript: false } },
        main: "index.ts",
      };
      await writeFile(
        join(cwd, "Pulumi.yaml"),
        merged([JSON.stringify(project), ...(await documented("yaml", "TypeScript"))]),
      );
      await writeFile(join(cwd, "index.ts"), (await documented("ts")).join("\n"));
      for (const install of await documented("sh", "TypeScript"))
        await run("sh", "-ec", `npm_config_prefer_offline=true npm_config_audit=false ${install}`);
    });

    it("hold nothing that refers to this checkout", async () => {
      for (const name of ["pulumi-render", "pulumi-circleci"]) {
        const pattern = `${projectRoot}|from "(\\.\\./)+(cli|infra|lib|sandbox)/`;
        const found = await consumer.run("grep", "-rlE", pattern, `node_modules/${name}`).catch(() => "");
        assert.equal(found, "");
      }
    });

    it("have types that a program's compiler reads", async () => {
      const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "index.ts"];
      const tsc = join(projectRoot, "node_modules", ".bin", "tsc");
      await consumer.run(tsc, "--module", "nodenext", ...options);
      await consumer.run(tsc, "--module", "commonjs", "--moduleResolution", "node10", ...options);
    });

    it("create, show no change after that, and delete again", () => lives(consumer));
  });

  it("work in Python, with the SDKs that the Pulumi CLI makes", async function () {
    const missing = await missingForPython(packed.engine);
    if (missing !== undefined) {
      console.log(`      left out: ${missing}`);
      this.skip();
    }
    const requirements = join(projectRoot, "examples/consumer-python/requirements.txt");
    const venv = (await packed.consumer("venv")).cwd;
    const consumer = await packed.consumer("python", await virtualEnvironment(venv, requirements));
    const bin = join(venv, "bin");
    const { run } = consumer.on(bin, await languageHost(pythonGenerator, packed.engine));
    for (const install of await documented("sh", "Python")) {
      const said = await run("sh", "-ec", `{ ${install}\n} 2>&1`);
      assert.doesNotMatch(said.replaceAll(/warning: using pulumi-language-python from .*/g, ""), /warning/i);
    }
    await writeFile(join(consumer.cwd, "Pulumi.yaml"), "name: consumer\nruntime: python\n");
    await writeFile(join(consumer.cwd, "__main__.py"), (await documented("python")).join("\n"));
    await lives(consumer.on(bin, await languageHost(pythonHost, packed.engine)));
  });

  it("work in YAML", async function () {
    const missing = await missingHost(yamlHost, packed.engine);
    if (missing !== undefined) {
      console.log(`      left out: ${missing}`);
      this.skip();
    }
    const consumer = (await packed.consumer("yaml")).on(await languageHost(yamlHost, packed.engine));
    for (const install of await documented("sh", "YAML")) await consumer.run("sh", "-ec", install);
    await writeFile(join(consumer.cwd, "Pulumi.yaml"), merged(await documented("yaml", "YAML")));
    await lives(consumer);
  });
});

/** One document of several: of maps all entries, of lists all items, of anything else the last. */
function merged(documents: readonly string[]): string {
  return stringify(documents.map((text): unknown => parse(text)).reduce(both));
}

function both(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (!isMap(one) || !isMap(other)) return other;
  const shared = Object.entries(other).map(([key, value]) => [key, key in one ? both(one[key], value) : value]);
  return { ...one, ...Object.fromEntries(shared) };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
