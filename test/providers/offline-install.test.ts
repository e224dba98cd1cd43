import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { editions } from "../../sandbox/offline-plugins/editions.ts";
import { installOfflinePlugins } from "../../sandbox/offline-plugins/install.ts";
import { startPlugin } from "./harness.ts";

/** Does what `pulumi plugin install resource NAME VERSION --file DIR --reinstall` does, and keeps a record. */
const fakePulumi = `#!/bin/sh
echo "$*" >> "$RECORD"
folder="$PULUMI_HOME/plugins/$3-$4-v$5"
rm -rf "$folder"
mkdir -p "$folder"
cp -p "$7"/* "$folder"
`;

const sdks: Readonly<Record<string, string>> = {
  github: "@pulumi/github",
  sentry: "@pulumiverse/sentry",
  "docker-build": "@pulumi/docker-build",
  docker: "@pulumi/docker",
};

describe("installation of the offline editions", () => {
  let folder: string;
  let home: string;
  let pulumi: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "offline-install-"));
    home = join(folder, "home with a 'quote'");
    pulumi = join(folder, "pulumi");
    await mkdir(home);
    await writeFile(pulumi, fakePulumi, { mode: 0o755 });
  });

  afterEach(() => rm(folder, { recursive: true }));

  const install = (): Promise<void> =>
    installOfflinePlugins({
      pulumi,
      pulumiHome: home,
      env: { PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter), RECORD: join(folder, "record") },
    });

  const installs = async (): Promise<number> =>
    (await readFile(join(folder, "record"), "utf8")).split("\n").filter(Boolean).length;

  it("reproduces the versions that the installed SDKs ask for", async () => {
    const load = createRequire(import.meta.url);
    for (const { name, version } of editions) {
      const { pulumi: plugin } = load(`${sdks[name]}/package.json`) as { pulumi: { name: string; version: string } };
      assert.deepEqual({ name: plugin.name, version: plugin.version }, { name, version });
    }
  });

  it("installs every edition once, and starts it from wherever it is", async () => {
    await install();
    assert.equal(await installs(), editions.length);
    await install();
    assert.equal(await installs(), editions.length);
    const folders = await readdir(join(home, "plugins"));
    assert.equal(folders.length, editions.length);
    for (const { name, version } of editions) {
      const launcher = join(home, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
      const plugin = await startPlugin(launcher, { GITHUB_TOKEN: "", DOCKER_HOST: "ssh://nobody@localhost" });
      try {
        await plugin.configure();
      } finally {
        await plugin.stop();
      }
    }
  });

  it("installs again what points at another checkout", async () => {
    await install();
    const launcher = join(home, "plugins", "resource-sentry-v0.0.9", "pulumi-resource-sentry");
    const right = await readFile(launcher, "utf8");
    await writeFile(launcher, right.replace("offline-plugins", "elsewhere"));
    await install();
    assert.equal(await installs(), editions.length + 1);
    assert.equal(await readFile(launcher, "utf8"), right);
  });

  it("says which plugin the engine refused, and why", async () => {
    await writeFile(pulumi, "#!/bin/sh\necho 'no space left' >&2\nexit 1\n", { mode: 0o755 });
    await assert.rejects(install(), /offline edition of the plugin \S+ \S+ could not be installed: no space left/);
  });
});
