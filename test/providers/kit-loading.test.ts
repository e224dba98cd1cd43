import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

/** Modules of a package that a plugin's process has loaded, after its provider and the server are imported. */
function loadedModules(provider: string): string[] {
  const urls = [`../../providers/${provider}/plugin/provider.ts`, "../../providers/kit/server.ts"];
  const imports = urls.map((url) => `await import(${JSON.stringify(new URL(url, import.meta.url).href)});`);
  const code = [
    ...imports,
    'import module from "node:module";',
    "process.stdout.write(JSON.stringify(Object.keys(module._cache)));",
  ].join("\n");
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as string[];
}

describe("kit: what a plugin loads", () => {
  for (const provider of ["circleci", "render"]) {
    it(`${provider} loads the engine's message stubs and nothing else of the Pulumi SDK`, () => {
      const ofSdk = loadedModules(provider).filter((file) => file.includes("/@pulumi/"));
      assert.ok(ofSdk.length > 0, "the stubs are among the loaded modules");
      const others = ofSdk.filter((file) => !file.includes("/@pulumi/pulumi/proto/"));
      assert.deepEqual(others, []);
    });
  }
});
