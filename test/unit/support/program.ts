/** Runs the whole program, as it is, against the mock engine. */
import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { APPLICATION, makeFolder, removeFolder, tokens } from "./configuration.ts";
import { type MockEngine, type MockEngineOptions, mockEngine, type Registration } from "./mock-engine.ts";
import { removeStaged } from "./staged.ts";

/** What the services add, so that the outputs are those of a chain that is up. */
export const serviceOutputs = {
  "github:index/repository:Repository": { htmlUrl: "https://github.example/acme/site", fullName: "acme/site" },
  "sentry:index/sentryKey:SentryKey": { dsnPublic: "https://key@sentry.example/1" },
  "docker-build:index:Image": { digest: `sha256:${"a".repeat(64)}` },
  "circleci:index:Project": { projectId: "00000000-0000-4000-8000-000000000001" },
  "render:index:KeyValue": { internalConnectionString: "redis://default:cache-password@red-1:6379" },
  "render:index:Postgres": { internalConnectionString: "postgresql://site:database-password@dpg-1-a/site" },
  "render:index:WebService": { url: "https://site.example", deployId: "dep-1" },
};

/** An application in a temporary folder, and the program to run on it. */
export interface Program {
  /** The application's folder. */
  readonly folder: string;
  /**
   * Runs the program once, in the stack that `openProgram` was given.
   * @param sharedOutputs outputs of the stack that `delivery:sharedFrom` names.
   */
  run(config: Record<string, unknown>, sharedOutputs?: object): Promise<{ engine: MockEngine; outputs: unknown }>;
  /** Runs a program that must refuse; gives its message and what was registered until then. */
  refuse(config: Record<string, unknown>, sharedOutputs?: object): Promise<Refusal>;
  close(): Promise<void>;
}

/** How a program ended that refused its configuration. */
export interface Refusal {
  readonly message: string;
  readonly registrations: readonly Registration[];
}

let runs = 0;

/** Opens it, with every token in the environment. `close` must be called in an `after` hook. */
export async function openProgram(
  stack: string,
  options: Pick<MockEngineOptions, "preview" | "call"> = {},
): Promise<Program> {
  const folder = await makeFolder(APPLICATION);
  const environment = { ...process.env };
  Object.assign(process.env, tokens);
  const start = async (config: Record<string, unknown>, sharedOutputs: object = {}) => {
    const reference = { outputs: sharedOutputs, secretOutputNames: [] };
    const outputs = { ...serviceOutputs, "pulumi:pulumi:StackReference": reference };
    const engine = await mockEngine({ ...options, stack, config, outputs });
    runs += 1;
    return { engine, program: import(`../../../stacks/index.ts?run=${runs}`) };
  };
  return {
    folder,
    async run(config, sharedOutputs) {
      const { engine, program } = await start(config, sharedOutputs);
      const { default: outputs } = await program;
      await engine.registrations();
      return { engine, outputs };
    },
    async refuse(config, sharedOutputs) {
      const { engine, program } = await start(config, sharedOutputs);
      const error = await program.then(
        () => assert.fail("the program was run"),
        (refusal: unknown) => refusal,
      );
      if (!RunError.isInstance(error)) throw error;
      return { message: error.message, registrations: await engine.registrations() };
    },
    async close() {
      for (const name of Object.keys(tokens)) delete process.env[name];
      Object.assign(process.env, environment);
      await removeStaged(folder);
      await removeFolder(folder);
    },
  };
}
