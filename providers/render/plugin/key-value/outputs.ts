/** What the state keeps of a key value store. */
import { z } from "zod";
import type { PriorState } from "../../../kit/resource.ts";
import { keyValueInputs } from "./inputs.ts";

/** Outputs that let whoever has them into the store. */
export const KEY_VALUE_SECRETS = ["internalConnectionString", "externalConnectionString", "cliCommand"];

/** Schema of the outputs: the inputs as the service has them, and what Render adds. */
export const keyValueOutputs = keyValueInputs.extend({
  maxmemoryPolicy: z.string().optional().describe("What it does when it is full."),
  persistenceMode: z.string().optional().describe("How it keeps its data on disk."),
  version: z.string().describe("Version of Valkey or Redis that it runs."),
  status: z.string().describe("Status of the store; `available` when it can be used."),
  internalConnectionString: z.string().describe("URL for services of the same workspace and region."),
  externalConnectionString: z.string().describe("URL for addresses of the allow list."),
  cliCommand: z.string().describe("Command that opens a session from an address of the allow list."),
  createdAt: z.string().describe("When the store was made, ISO 8601."),
});

/** Outputs of a key value store. */
export type KeyValueOutputs = z.infer<typeof keyValueOutputs>;

/** What the state keeps of a key value store. */
export type PriorKeyValue = PriorState<z.infer<typeof keyValueInputs>, KeyValueOutputs>;
