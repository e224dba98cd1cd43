/** The providers as packages for other languages: the engine reads their schemas and finds nothing wrong with them. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { engineEnvironment, ensureEngine } from "../../cli/engine/index.ts";
import { silentProgress } from "../../cli/progress.ts";
import { packages } from "../../providers/sdk/packages.ts";
import { projectRoot } from "../../sandbox/paths.ts";

describe("pulumi package get-schema", function () {
  this.timeout(900_000);
  let folder: string;
  let pulumi: (...args: string[]) => Promise<string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-schema-"));
    const engine = await ensureEngine({ progress: silentProgress });
    const env = engineEnvironment(engine, { ...process.env, PULUMI_HOME: folder });
    pulumi = async (...args) => (await promisify(execFile)(engine.pulumi, args, { env, cwd: folder })).stdout;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [name, spec] of Object.entries(packages)) {
    it(`gives the schema of ${name}, which is sound`, async () => {
      const text = await pulumi(
        "package",
        "get-schema",
        join(projectRoot, "providers", name, `pulumi-resource-${name}`),
      );
      const { resources, functions } = JSON.parse(text);
      assert.deepEqual(Object.keys(resources).sort(), Object.keys(spec.resources).sort());
      assert.deepEqual(Object.keys(functions ?? {}).sort(), Object.keys(spec.functions).sort());
      const file = join(folder, `${name}.json`);
      await writeFile(file, text);
      await pulumi("schema", "check", file);
    });
  }
});
