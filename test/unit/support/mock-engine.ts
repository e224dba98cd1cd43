/** The SDK's mock engine, with what it forgets: the options that each resource was registered with. */
import * as pulumi from "@pulumi/pulumi";

/** One resource as the program registered it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** The URN without stack and project, `parent's type$type::name`: what the engine tells resources apart by. */
  readonly identity: string;
  readonly inputs: Record<string, unknown>;
  /** Name of the parent; undefined at the top. */
  readonly parent: string | undefined;
  /** Names of the resources that it depends on. */
  readonly dependsOn: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  /** Id of the object that it is imported from; empty when it is made. */
  readonly importId: string;
}

/** What a test asks the mock engine. */
export interface MockEngine {
  /** Waits for every registration; then the registrations, in the order in which they came. */
  registrations(): Promise<Registration[]>;
  /** The one resource of this type, and name when given. */
  registered(type: string, name?: string): Promise<Registration>;
}

/** How a mock engine is set up. */
export interface MockEngineOptions {
  readonly stack?: string;
  readonly project?: string;
  readonly preview?: boolean;
  /** Configuration by full key; what is not a text is written as the engine writes it. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Keys of the configuration that hold a secret. */
  readonly secretKeys?: readonly string[];
  /** What a provider adds to the inputs, by type. */
  readonly outputs?: Readonly<Record<string, Record<string, unknown>>>;
  /** What a provider's function answers; by default what it was asked. */
  readonly call?: (inputs: Record<string, unknown>, token: string) => Record<string, unknown> | object;
  /** What the stack's state holds before the run, by URN. */
  readonly state?: Readonly<Record<string, { readonly type: string; readonly outputs: object }>>;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getDependenciesList(): string[];
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getImportid(): string;
}

interface Monitor {
  registerResource(request: RegisterRequest, callback: unknown): Promise<void>;
}

const nameOf = (urn: string): string | undefined => urn.split("::").at(-1) || undefined;

/** The type with its parent's in front; components of this program are one level deep. */
function qualifiedType(request: RegisterRequest): string {
  const parentType = request.getParent().split("::")[2];
  return parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${request.getType()}` : request.getType();
}

/** Replaces the engine of this process until the next call. */
export async function mockEngine(options: MockEngineOptions = {}): Promise<MockEngine> {
  const inputs = new Map<string, Record<string, unknown>>();
  const requests: RegisterRequest[] = [];
  const keyOf = (type: string, name: string): string => `${type} ${name}`;

  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs: given }) => {
        inputs.set(keyOf(type, name), given);
        return { id: `${name}-id`, state: { ...given, ...options.outputs?.[type] } };
      },
      call: ({ inputs: given, token }) => {
        if (token === "pulumi:pulumi:readStackOutputs")
          return { outputs: options.state ? { application: "site" } : {} };
        if (token === "pulumi:pulumi:readStackResourceOutputs") return { outputs: options.state ?? {} };
        return options.call?.(given, token) ?? given;
      },
    },
    options.project ?? "delivery",
    options.stack ?? "prod",
    options.preview ?? false,
    "organization",
  );
  pulumi.runtime.setAllConfig(written(options.config ?? {}), [...(options.secretKeys ?? [])]);
  const monitor = (pulumi.runtime as unknown as { getMonitor(): Monitor }).getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.push(request);
    return register(request, callback);
  };

  const registrations = async (): Promise<Registration[]> => {
    await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
    return requests.map((request) => ({
      type: request.getType(),
      name: request.getName(),
      identity: `${qualifiedType(request)}::${request.getName()}`,
      inputs: inputs.get(keyOf(request.getType(), request.getName())) ?? {},
      parent: nameOf(request.getParent()),
      dependsOn: request.getDependenciesList().map((urn) => nameOf(urn) ?? urn),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      ignoreChanges: request.getIgnorechangesList(),
      importId: request.getImportid(),
    }));
  };
  return {
    registrations,
    async registered(type, name) {
      const found = (await registrations()).filter((one) => one.type === type && (!name || one.name === name));
      if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} and name ${name ?? "any"}`);
      return found[0] as Registration;
    },
  };
}

function written(config: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** The value inside a secret input; fails the test when the input is plain. */
export function insideSecret(input: unknown): unknown {
  const secret = input as { "4dabf18193072939515e22adb298388d"?: string; value?: unknown };
  if (secret?.["4dabf18193072939515e22adb298388d"] === undefined) throw new Error("The input is not secret.");
  return secret.value;
}

/** The value of a known output. */
export function known<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve as never));
}

/** Whether an output's value is known. */
export function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}

/** Whether an output's value is secret. */
export function isSecret(output: pulumi.Output<unknown>): Promise<boolean> {
  return pulumi.isSecret(output);
}
