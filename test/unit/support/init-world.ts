/** `delivery init` in a folder of a test's own, in a shell in which nothing is set yet. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type InitRequest, type InitResult, init } from "../../../cli/init/index.ts";
import { APPLICATION, inFolder, makeFolder, removeFolder } from "./configuration.ts";

/** The answers that nothing else tells. */
export const NEEDED = { "github:owner": "acme", "site.ownerId": "tea-acme" };

/** What a test does with it. */
export interface InitWorld {
  /** The program's folder, with an application in `site`; a new one for each test. */
  folder(): string;
  /** A shell in which nothing is set but this. */
  shell(more?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  run(changes?: Partial<InitRequest>): Promise<InitResult>;
  /** The message with which it is refused. */
  refusal(changes: Partial<InitRequest>): Promise<string>;
  /** The stack's file. */
  text(): Promise<string>;
  written(): Promise<{ config: Record<string, unknown> }>;
}

/** Makes the folder before each test of the suite in which this is called, and removes it afterwards. */
export function initWorld(): InitWorld {
  let folder = "";
  beforeEach(async () => {
    folder = await makeFolder({ "Pulumi.yaml": "name: delivery", ...inFolder("site", APPLICATION) });
  });
  afterEach(() => removeFolder(folder));
  const world: InitWorld = {
    folder: () => folder,
    shell: (more = {}) => ({ PATH: process.env["PATH"], HOME: folder, GIT_CONFIG_GLOBAL: "/dev/null", ...more }),
    run: (changes = {}) =>
      init({
        folder,
        stack: "prod",
        given: NEEDED,
        ask: undefined,
        takeDefaults: true,
        force: false,
        env: world.shell(),
        ...changes,
      }),
    async refusal(changes) {
      const error = await world.run(changes).then(
        () => assert.fail("it was accepted"),
        (refused: Error) => refused,
      );
      return error.message;
    },
    text: () => readFile(join(folder, "Pulumi.prod.yaml"), "utf8"),
    written: async () => parse(await world.text()) as { config: Record<string, unknown> },
  };
  return world;
}
