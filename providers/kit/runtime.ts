/** What a running plugin holds: the definitions, the configured client, the log, the running calls. */
import { status } from "@grpc/grpc-js";
import { failure } from "./errors.ts";
import { type EngineLog, type Line, openEngineLog, resourceLog } from "./log.ts";
import { Operations } from "./operation.ts";
import { PendingCalls } from "./pending-calls.ts";
import { type Redact, redactor } from "./redact.ts";
import type { FunctionDefinition, ProviderDefinition, ResourceDefinition } from "./resource.ts";
import type { KnownSecrets } from "./secrets.ts";

// biome-ignore lint/suspicious/noExplicitAny: definitions with differing input and output types
export type AnyResource<Client> = ResourceDefinition<Client, any, any>;

// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyFunction<Client> = FunctionDefinition<Client, any, any>;

/** State of one plugin process. */
export class Runtime<Client> {
  readonly definition: ProviderDefinition<Client>;
  readonly environment: NodeJS.ProcessEnv;
  readonly operations = new Operations();
  readonly pending = new PendingCalls();
  #client: { readonly value: Client } | undefined;
  #configSecrets: ReadonlySet<string> = new Set();
  #engineAddress: string | undefined;
  #log: Promise<EngineLog> | undefined;

  constructor(definition: ProviderDefinition<Client>, environment: NodeJS.ProcessEnv, engineAddress?: string) {
    this.definition = definition;
    this.environment = environment;
    this.#engineAddress = engineAddress;
  }

  /** The engine that attached itself to a plugin started by hand. */
  attach(engineAddress: string): void {
    this.#engineAddress = engineAddress;
    this.#log = undefined;
  }

  /** Keeps the client that `configure` built, and the secrets of the configuration for redaction. */
  configured(client: Client, secrets: ReadonlySet<string>): void {
    this.#client = { value: client };
    this.#configSecrets = secrets;
  }

  /** The configured client; a call before Configure is the engine's mistake. */
  client(): Client {
    if (!this.#client) throw failure("the provider is not configured yet", status.FAILED_PRECONDITION);
    return this.#client.value;
  }

  /** The definition of a resource type. */
  resource(token: string): AnyResource<Client> {
    const definition = this.definition.resources.find((resource) => resource.token === token);
    if (!definition) throw this.#unknownToken("resource type", token, this.definition.resources);
    return definition;
  }

  /** The definition of a function. */
  function(token: string): AnyFunction<Client> {
    const functions = this.definition.functions ?? [];
    const definition = functions.find((candidate) => candidate.token === token);
    if (!definition) throw this.#unknownToken("function", token, functions);
    return definition;
  }

  /** Takes out the secrets of a call, of the configuration and of the environment. */
  redact(secrets?: KnownSecrets): Redact {
    const names = this.definition.secretEnvironment ?? [];
    const fromEnvironment = names.flatMap((name) => this.environment[name] ?? []);
    return redactor([...(secrets?.values ?? []), ...this.#configSecrets, ...fromEnvironment]);
  }

  /** The log of one resource; opened at the first line. */
  async log(urn: string, redact: Redact): Promise<Line> {
    this.#log ??= openEngineLog(this.#engineAddress);
    return resourceLog(await this.#log, urn, redact);
  }

  /** Sends what is still to be sent to the engine, and lets go of it. */
  async close(): Promise<void> {
    const log = await this.#log;
    await log?.flush();
    log?.close();
  }

  #unknownToken(kind: string, token: string, known: readonly { readonly token: string }[]): unknown {
    const tokens = known.map((candidate) => candidate.token).join(", ");
    const message = `provider ${this.definition.name} ${this.definition.version} has no ${kind} "${token}"; it has: ${tokens}`;
    return failure(message, status.NOT_FOUND);
  }
}

/** The resource type in a URN: the part between the last `$`, if any, and the name. */
export function typeOf(urn: string): string {
  const qualified = urn.split("::")[2] ?? "";
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}
