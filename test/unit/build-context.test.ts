import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Configuration, PartOf } from "../../infra/config.ts";
import { type BuildContext, readBuildContext } from "../../infra/environment/build-context.ts";
import { inProject } from "../../lib/project-folder.ts";
import {
  APPLICATION,
  addFiles,
  inFolder,
  loadWith,
  makeFolder,
  removeFolder,
  tokens,
  validConfig,
} from "./support/configuration.ts";
import { known } from "./support/mock-engine.ts";

const STACK = "unit-build-context";

describe("build context", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeFolder({
      ...inFolder("app", APPLICATION),
      "app/Dockerfile": "FROM own",
      "pip.conf": "[global]",
    });
  });
  afterEach(async () => {
    await removeFolder(folder);
    await removeFolder(inProject(`.delivery/${STACK}`));
  });

  const load = (
    image: Record<string, unknown> = {},
    environment: NodeJS.ProcessEnv = tokens,
  ): Promise<Configuration> => {
    const app = join(folder, "app");
    const changes = { "delivery:image": { ...(validConfig(app)["delivery:image"] as object), ...image } };
    return loadWith(app, changes, { stack: STACK, environment });
  };
  const read = (configuration: Configuration): Promise<BuildContext> =>
    readBuildContext(configuration, configuration.image as PartOf<"image">);
  const staged = (path: string): Promise<string> => readFile(inProject(`.delivery/${STACK}/${path}`), "utf8");

  it("is staged in a folder of the stack's own, named as the build's plugin sees it", async () => {
    const context = await read(await load());
    assert.equal(context.location, `../.delivery/${STACK}/context`);
    assert.equal(context.dockerfile, `../.delivery/${STACK}/Dockerfile`);
    assert.match(context.tag, /^content-[0-9a-f]{16}$/);
    assert.equal(await staged("context/manage.py"), APPLICATION["manage.py"]);
  });

  it("is built by the application's own Dockerfile, or the configured one", async () => {
    const own = await read(await load());
    assert.equal(await staged("Dockerfile"), "FROM own");
    await addFiles(folder, { "Dockerfile.other": "FROM other" });
    const other = await read(await load({ dockerfile: join(folder, "Dockerfile.other") }));
    assert.equal(await staged("Dockerfile"), "FROM other");
    assert.notEqual(own.tag, other.tag);
  });

  it("is built by this project's Dockerfile when the application has none", async () => {
    await removeFolder(join(folder, "app/Dockerfile"));
    await read(await load());
    assert.equal(await staged("Dockerfile"), await readFile(inProject("Dockerfile"), "utf8"));
  });

  it("holds the build's secrets as secrets, and they do not decide the tag", async () => {
    const without = await read(await load());
    process.env["UNIT_PIP_TOKEN"] = "t0ken";
    try {
      const secrets = { pip_conf: { file: join(folder, "pip.conf") }, token: { variable: "UNIT_PIP_TOKEN" } };
      const context = await read(await load({ secrets }, { ...tokens, UNIT_PIP_TOKEN: "t0ken" }));
      const { pip_conf, token } = context.secrets;
      assert.ok(pip_conf && token);
      assert.deepEqual([await known(pip_conf), await known(token)], ["[global]", "t0ken"]);
      assert.deepEqual([await pulumi.isSecret(pip_conf), await pulumi.isSecret(token)], [true, true]);
      assert.equal(context.tag, without.tag);
    } finally {
      delete process.env["UNIT_PIP_TOKEN"];
    }
  });

  it("is refused when it is empty", async () => {
    await addFiles(folder, { "app/.dockerignore": "*" });
    await assert.rejects(read(await load()), (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.match(
        error.message,
        /delivery:application\.path holds no file: .*\n +Check the folder, and what \.dockerignore leaves/,
      );
      return true;
    });
  });

  it("is refused in a sentence when a file cannot be read", async () => {
    await addFiles(folder, { "Dockerfile.folder/README": "a folder, not a file" });
    await assert.rejects(read(await load({ dockerfile: join(folder, "Dockerfile.folder") })), (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.match(error.message, /^The application's files cannot be staged for the build: EISDIR/);
      return true;
    });
  });

  it("warns of files that look like secrets", async () => {
    await addFiles(folder, { "app/.env": "KEY=1", "app/.env.example": "KEY=", "app/deploy/id_rsa": "-----" });
    const warned: string[] = [];
    const { warn } = pulumi.log;
    Object.defineProperty(pulumi.log, "warn", {
      value: (text: string) => warned.push(text),
      configurable: true,
      writable: true,
    });
    try {
      await read(await load());
    } finally {
      Object.defineProperty(pulumi.log, "warn", { value: warn, configurable: true, writable: true });
    }
    assert.deepEqual(
      warned.map((text) => text.split(" ")[0]),
      [".env", "deploy/id_rsa"],
    );
  });
});
