/** A program of a few lines on the mocked engine, for what works on every resource that a program registers. */
import * as pulumi from "@pulumi/pulumi";
import { type MockEngine, mockEngine } from "./mock-engine.ts";

/** Registers what `program` declares, as the engine's host does it. */
export async function runMocked(program: () => void): Promise<MockEngine> {
  const engine = await mockEngine();
  const { runInPulumiStack } = pulumi.runtime as unknown as {
    runInPulumiStack(init: () => Promise<void>): Promise<void>;
  };
  await runInPulumiStack(async () => program());
  return engine;
}
