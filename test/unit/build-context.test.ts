import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
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
import { removeStaged } from "./support/staged.ts";

const STACK = "unit-build-context";

describe("build context", () => {
  let folder: string;
  /** Folders in this project to be removed. */
  const made: string[] = [];
  beforeEach(async () => {
    folder = await makeFolder({
      ...inFolder("app", APPLICATION),
      "app/Dockerfile": "FROM own",
      "pip.conf": "[global]",
    });
  });
  afterEach(async () => {
    await removeStaged(join(folder, "app"));
    await removeFolder(folder);
    for (const place of made.splice(0)) await removeFolder(place);
  });

  const load = (
    image: Record<string, unknown> = {},
    environment: NodeJS.ProcessEnv = tokens,
  ): Promise<Configuration> => {
    const app = join(folder, "app");
    const changes = { "delivery:image": { ...(validConfig(app)["delivery:image"] as object), ...image } };
    return loadWith(app, changes, { stack: STACK, environment });
  };
  const read = async (configuration: Configuration): Promise<BuildContext> => {
    const context = await readBuildContext(configuration, configuration.image as PartOf<"image">);
    made.push(dirname(inProject(join("stacks", context.location))));
    return context;
  };
  /** A file of a context, from where the build's plugin runs. */
  const staged = (location: string, path = "."): Promise<string> =>
    readFile(inProject(join("stacks", location, path)), "utf8");

  it("is staged in a folder that its content names, as the build's plugin sees it", async () => {
    const context = await read(await load());
    assert.match(context.location, /^\.\.\/\.delivery\/contexts\/[0-9a-f]{32}\/context$/);
    assert.equal(context.dockerfile, context.location.replace(/context$/, "Dockerfile"));
    assert.match(context.tag, /^content-[0-9a-f]{16}$/);
    assert.equal(await staged(context.location, "manage.py"), APPLICATION["manage.py"]);
    assert.deepEqual(await read(await load()), context);
    const revised = await read(await load({ revision: "2" }));
    assert.equal(revised.location, context.location);
    assert.notEqual(revised.tag, context.tag);
  });

  it("takes the place of what versions before staged, and leaves what else is there", async () => {
    const former = inProject(`.delivery/${STACK}`);
    made.push(former);
    await addFiles(former, { "context/manage.py": "old", Dockerfile: "old", "Dockerfile.dockerignore": "#" });
    await read(await load());
    await assert.rejects(readdir(former), { code: "ENOENT" });
    await addFiles(former, { "context/manage.py": "old", "copy.json": "{}" });
    await read(await load());
    assert.deepEqual(await readdir(former), ["copy.json"]);
  });

  it("is built by the application's own Dockerfile, or the configured one", async () => {
    const own = await read(await load());
    assert.equal(await staged(own.dockerfile), "FROM own");
    await addFiles(folder, { "Dockerfile.other": "FROM other" });
    const other = await read(await load({ dockerfile: join(folder, "Dockerfile.other") }));
    assert.equal(await staged(other.dockerfile), "FROM other");
    assert.equal(await staged(own.dockerfile), "FROM own");
    assert.notEqual(own.tag, other.tag);
  });

  it("is built by this project's Dockerfile when the application has none", async () => {
    await removeFolder(join(folder, "app/Dockerfile"));
    const { dockerfile } = await read(await load());
    assert.equal(await staged(dockerfile), await readFile(inProject("Dockerfile"), "utf8"));
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

  it("says in a line each what stays out, and what looks like a secret and does not", async () => {
    await addFiles(folder, {
      "app/.env": "KEY=1",
      "app/.env.example": "KEY=",
      "app/deploy/id_rsa": "-----",
      "app/store.p12": "1",
      "app/start.sh": "#!/bin/sh\r\nexec true\r\n",
    });
    const said: Record<"info" | "warn", string[]> = { info: [], warn: [] };
    const { info, warn } = pulumi.log;
    const replace = (name: "info" | "warn", value: unknown) =>
      Object.defineProperty(pulumi.log, name, { value, configurable: true, writable: true });
    for (const name of ["info", "warn"] as const) replace(name, (text: string) => said[name].push(text));
    try {
      await read(await load());
      await addFiles(folder, {
        "app/manage.py": "#!/usr/bin/env python\r\n",
        "app/.dockerignore": "*.sh\nstore.p12\n!.git\n!.env\n!**/id_rsa\n",
      });
      await read(await load());
    } finally {
      replace("info", info);
      replace("warn", warn);
    }
    assert.match(said.info.join("\n"), /^The application has no \.dockerignore: [^\n]*$/);
    const expected = [
      /^Left out of the image, as secrets that git does not track: \.env, deploy\/id_rsa\. .* \.dockerignore: !\.env$/,
      /^These look like secrets and become part of the image: store\.p12\. /,
      /^Linux does not start these scripts, .*: start\.sh\. Add to \.gitattributes: \*\.sh text eol=lf /,
      /^These look like secrets and become part of the image: \.env, deploy\/id_rsa\. /,
      /^\.dockerignore asks for the history by !\.git\. \.git never enters an image/,
      /^Linux does not start these scripts, .*: manage\.py\. Add to \.gitattributes: \* text=auto eol=lf /,
    ];
    assert.equal(said.warn.length, expected.length, said.warn.join("\n"));
    for (const [index, pattern] of expected.entries()) assert.match(said.warn[index] ?? "", pattern);
  });
});
