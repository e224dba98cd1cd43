/** Reads a stack's configuration, and tells whether its secrets can be read. */
import { z } from "zod";
import type { RunResult } from "../child-process.ts";
import { errorsOf, type Pulumi } from "../pulumi.ts";
import { type ExportedStack, parseExportedStack, type StateResource } from "../recover/exported-stack.ts";
import type { Known } from "./facts.ts";
import type { ConfigurationValue } from "./stack-configuration.ts";

const configurationValues = z.record(z.string(), z.object({ value: z.string().optional(), secret: z.boolean() }));

/** The values, and why the secrets cannot be read; absent when they can, or there are none. */
export interface ReadConfiguration {
  readonly values: Readonly<Record<string, ConfigurationValue>>;
  readonly unreadableSecrets?: string;
}

/**
 * Without the passphrase, or the key, everything that is no secret can still be read. The engine tries it only where
 * something is encrypted: a stack's file may hold no secret while its state holds some, which the next `up` needs.
 */
export async function readConfiguration(
  pulumi: Pulumi,
  state: Promise<ReadState> = readState(pulumi),
): Promise<Known<ReadConfiguration>> {
  const parsed = (text: string): ReadConfiguration => ({ values: configurationValues.parse(JSON.parse(text)) });
  const shown = await answer(pulumi.run("config", "--json", "--show-secrets"), parsed);
  if (shown.value !== undefined) {
    const { unreadableSecrets } = await state;
    return unreadableSecrets === undefined ? shown : { value: { ...shown.value, unreadableSecrets } };
  }
  const hidden = await answer(pulumi.run("config", "--json"), parsed);
  return hidden.value === undefined ? shown : { value: { ...hidden.value, unreadableSecrets: shown.failure } };
}

/** A stack's state, and why its secrets cannot be read; absent when they can, or there is no state. */
export interface ReadState {
  readonly state: Known<ExportedStack>;
  readonly unreadableSecrets?: string;
}

/** Exports it once where its secrets can be read: nothing that may hold one is kept. */
export async function readState(pulumi: Pulumi): Promise<ReadState> {
  const shown = await answer(pulumi.run("stack", "export", "--show-secrets"), withoutInputs);
  if (shown.value !== undefined) return { state: shown };
  const hidden = await answer(pulumi.run("stack", "export"), withoutInputs);
  const isSealed = hidden.value !== undefined && shown.failure !== undefined;
  return { state: hidden, ...(isSealed && { unreadableSecrets: shown.failure }) };
}

function withoutInputs(text: string): ExportedStack {
  const { resources, pending } = parseExportedStack(text);
  const without = (resource: StateResource): StateResource => ({ ...resource, inputs: {} });
  return {
    resources: resources.map(without),
    pending: pending.map((operation) => ({ ...operation, resource: without(operation.resource) })),
  };
}

/** What a run of the engine answers, or why it gives none. */
export async function answer<Value>(run: Promise<RunResult>, read: (text: string) => Value): Promise<Known<Value>> {
  const result = await run;
  return result.code === 0 ? { value: read(result.stdout) } : { failure: errorsOf(result) };
}
