/**
 * What a provider author writes: one definition per resource. Everything that the engine asks for
 * (Check, Diff, preview, schema, import, refresh) is derived from it by the rest of the kit.
 */
import type { z } from "zod";

/** A property bag whose leaves are plain JSON values; secrets and unknowns are already taken out. */
export type Properties = Record<string, unknown>;

/** A problem with one property, shown by the engine as `property: reason`. */
export interface CheckFailure {
  /** Path of the property, as the engine writes it: `details.plan`, `tags[0]`. Empty for the whole resource. */
  readonly property: string;
  /** What is wrong with the value and how to fix it. Never contains a secret. */
  readonly reason: string;
}

/** What a lifecycle method may use besides its arguments. `Client` is whatever `configure` returned. */
export interface CallContext<Client> {
  readonly client: Client;
  /** The resource's URN, for error messages. */
  readonly urn: string;
  /** Aborted when the user cancels or the resource's timeout runs out. Pass it to every request and wait. */
  readonly signal: AbortSignal;
  /** Shows a line in the engine's output, attached to the resource. Secrets are redacted. */
  log(severity: "debug" | "info" | "warning" | "error", message: string): void;
  /** Shows a passing status on the resource's own line (ephemeral). */
  progress(message: string): void;
}

/** Context of a create: adds the checkpoint that turns later failures into partial failures. */
export interface CreateContext<Client, Outputs> extends CallContext<Client> {
  /**
   * Call as soon as the object exists, before anything else can fail: id and outputs are then kept in the
   * state even when the rest of the create throws (the engine marks the resource to be updated next time).
   */
  created(id: string, outputs: Partial<Outputs>): void;
}

/** Context of an update: adds the checkpoint that keeps a finished write when what follows it fails. */
export interface UpdateContext<Client, Outputs> extends CallContext<Client> {
  /**
   * Call when the service has accepted the change and only a consequence is still to come (a deploy to follow):
   * these outputs are then kept in the state even when the rest of the update throws, and the engine calls `update`
   * again next time. It keeps the inputs of the update before, so that `changed` names the same inputs again; what
   * the outputs hold is what was written last. Without this call a failed update keeps the previous state.
   */
  updated(outputs: Outputs): void;
}

/** What `read` found: the object as it is, and the inputs that would declare it so. */
export interface ReadResult<Inputs, Outputs> {
  readonly id: string;
  readonly inputs: Inputs;
  readonly outputs: Outputs;
  /**
   * The object exists but is not in order (its last deploy failed), though its inputs are as declared: shown as
   * a warning, and the engine calls `update` next time.
   */
  readonly problem?: string;
}

/** What was known of an object before a call. */
export interface PriorState<Inputs, Outputs> {
  readonly inputs: Inputs;
  readonly outputs: Outputs;
}

/** A difference between what is and what is declared, found by a definition's own `diff`. */
export interface PropertyDifference {
  /** Path of the property, as the engine writes it: `rules.pullRequest`, `topics[0]`. */
  readonly property: string;
  readonly kind: "add" | "update" | "delete";
}

/** One resource type. Inputs and Outputs are the zod schemas' parsed shapes. */
export interface ResourceDefinition<Client, Inputs extends Properties, Outputs extends Properties> {
  /** Package, module and type: `render:index:WebService`. */
  readonly token: string;
  /** What the resource is, with the vendor's document as source. Goes into the package schema. */
  readonly description: string;
  /** Schema of the inputs; every property described with `.describe()`. Unknown keys are check failures. */
  readonly inputs: z.ZodObject;
  /** Schema of the outputs; every property described. Usually the inputs plus what the service adds. */
  readonly outputs: z.ZodObject;
  /** Properties (inputs or outputs) that are always secret in the state. */
  readonly secrets?: readonly string[];
  /**
   * Properties whose leaves are marked secret on import, when nothing tells which of them are: the values of
   * a map of variables. Paths with `*`: `environmentVariables.*`.
   */
  readonly secretOnImport?: readonly string[];
  /** Inputs whose change replaces the object. */
  readonly replaceOnChanges?: readonly string[];
  /**
   * Whether a change of one of those replaces in this case; without it every one does. For a name that the service
   * itself changes together with something else. Unknown properties are absent from `inputs`.
   */
  replaces?(
    path: readonly (string | number)[],
    prior: PriorState<Partial<Inputs>, Partial<Outputs>>,
    inputs: Partial<Inputs>,
  ): boolean;
  /** Of those, the ones where the old object must go before the new one is made (a unique name). */
  readonly deleteBeforeReplace?: readonly string[];
  /** Inputs that were renamed: old name -> new name. Old states keep working without a diff. */
  readonly renamed?: Readonly<Record<string, string>>;
  /**
   * Inputs that are written but never compared with what the service answers (a masked value). An import does not
   * know them: declaring one afterwards is no change.
   */
  readonly writeOnly?: readonly string[];
  /**
   * Inputs that Check fills in from the others where they are absent: a default that no schema can state.
   * Unknown properties, and those that are not as the schema says, are absent from `inputs`.
   */
  complete?(inputs: Partial<Inputs>): Partial<Inputs>;
  /**
   * Differences that are neither a change nor a replacement, because they would cost data: the error of an update and of
   * its preview, and of Diff where the engine would replace, before anything is done. Unlike `check` it knows what the service had answered. Unknown properties are absent
   * from `inputs`; `unknown` holds the names of those that are unknown, or hold something that is.
   */
  refusals?(
    prior: PriorState<Partial<Inputs>, Partial<Outputs>>,
    inputs: Partial<Inputs>,
    unknown: ReadonlySet<string>,
  ): CheckFailure[];
  /** What the engine shows of inputs that are valid: a deprecation. Unknown properties are absent from `inputs`. */
  warnings?(inputs: Partial<Inputs>, urn: string): readonly string[];
  /**
   * Checks beyond the schema. Unknown properties, and those that are not as the schema says, are absent from `inputs`.
   * `prior` holds the inputs that the state has, of an object that exists.
   */
  check?(inputs: Partial<Inputs>, prior?: Partial<Inputs>): CheckFailure[];
  /**
   * Changes that do not show in the inputs (a file whose content differs): paths of properties to be
   * reported as changed. They are also in `changed` of `update` and `unstable`.
   */
  changes?(
    prior: PriorState<Partial<Inputs>, Partial<Outputs>>,
    inputs: Partial<Inputs>,
  ): readonly string[] | Promise<readonly string[]>;
  /**
   * Outputs that a preview may promise for these inputs, besides those that echo an input. All other outputs
   * are unknown on create and kept on update unless named in `unstable`. `prior` is absent on create.
   */
  preview?(inputs: Partial<Inputs>, prior?: PriorState<Inputs, Outputs>): Partial<Outputs>;
  /** Outputs that become unknown in the preview of an update, given the names of the changed inputs. */
  unstable?(changed: readonly string[]): readonly string[];
  /**
   * Replaces the comparison of the declared inputs with the recorded ones, for a provider whose differences follow
   * rules of their own. Unknown properties are absent from `inputs`; the kit adds a difference for each.
   */
  diff?(prior: PriorState<Inputs, Outputs>, inputs: Partial<Inputs>): readonly PropertyDifference[];
  /**
   * Whether a difference between the recorded and the declared inputs is a change at all; without it every one is.
   * For an order that does not matter, two spellings of one value, or what an import found and nobody declares.
   * Not asked where a value is unknown.
   */
  isChange?(
    path: readonly (string | number)[],
    prior: PriorState<Partial<Inputs>, Partial<Outputs>>,
    inputs: Partial<Inputs>,
  ): boolean;
  create(context: CreateContext<Client, Outputs>, inputs: Inputs): Promise<{ id: string; outputs: Outputs }>;
  /** The object as the service has it; undefined when it is gone. `prior` is absent on import. */
  read(
    context: CallContext<Client>,
    id: string,
    prior?: PriorState<Inputs, Outputs>,
  ): Promise<ReadResult<Inputs, Outputs> | undefined>;
  /** `changed` holds the top-level input names that differ. Absent `update` means every change replaces. */
  update?(
    context: UpdateContext<Client, Outputs>,
    id: string,
    prior: PriorState<Inputs, Outputs>,
    inputs: Inputs,
    changed: readonly string[],
  ): Promise<Outputs>;
  /** Succeeds when the object is already gone. */
  delete(context: CallContext<Client>, id: string, prior: PriorState<Inputs, Outputs>): Promise<void>;
}

/** A function (invoke) of a provider. */
export interface FunctionDefinition<Client, Arguments extends Properties, Result extends Properties> {
  readonly token: string;
  readonly description: string;
  readonly inputs: z.ZodObject;
  readonly outputs: z.ZodObject;
  /** Results that are always secret. */
  readonly secrets?: readonly string[];
  invoke(context: CallContext<Client>, args: Arguments): Promise<Result>;
}

/** A provider: its package, its configuration, its resources. */
export interface ProviderDefinition<Client> {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** What a registry of packages shows besides: the vendor's own spelling, what to find it by, the SPDX license. */
  readonly displayName?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  /** Provider configuration; secrets are read from the environment by `configure` and never copied into it. */
  readonly config: z.ZodObject;
  readonly secretConfig?: readonly string[];
  /** Names of environment variables that hold secrets (`RENDER_API_KEY`): their values are redacted everywhere. */
  readonly secretEnvironment?: readonly string[];
  /** Checks beyond the schema, e.g. "no token in RENDER_API_KEY" with the mending command. */
  checkConfig?(config: Properties, environment: NodeJS.ProcessEnv): CheckFailure[];
  /**
   * Settings that CheckConfig fills in from the machine where they are absent. They stand in the state, so a provider of
   * one's own has none: another machine would change the provider.
   */
  completeConfig?(config: Properties, environment: NodeJS.ProcessEnv): Properties;
  /** Settings whose change replaces the provider, and with it every object that it has made. None without it. */
  readonly replaceOnConfigChanges?: readonly string[];
  /** Builds the client. May throw; the message is shown as it is. Must not call the service. */
  configure(config: Properties, environment: NodeJS.ProcessEnv): Client | Promise<Client>;
  // biome-ignore lint/suspicious/noExplicitAny: a list of definitions with differing input and output types
  readonly resources: readonly ResourceDefinition<Client, any, any>[];
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly functions?: readonly FunctionDefinition<Client, any, any>[];
}
