/** What is known of the stack before any service is asked. */
import type { Configuration } from "../../infra/config.ts";
import type { PartName } from "../../infra/parts.ts";
import type { Problem } from "../../lib/configuration-problems.ts";
import type { Engine } from "../engine/index.ts";
import type { ExportedStack } from "../recover/exported-stack.ts";

/** Whether a part is on; `unknown` while the configuration cannot be read. */
export type PartState = "on" | "off" | "unknown";

export interface Facts {
  readonly engine: Engine | undefined;
  /** Short name of the stack; undefined when none is selected. */
  readonly stack: string | undefined;
  /** The stack's state, or why it cannot be read. */
  readonly state: Known<ExportedStack>;
  /** Plugins that the engine has, as `name version`, or why that cannot be told. */
  readonly plugins: Known<readonly string[]>;
  /** Why the secrets of the configuration cannot be read; undefined when they can. */
  readonly unreadableSecrets: string | undefined;
  /** The configuration, complete and valid; undefined when it has problems. */
  readonly configuration: Configuration | undefined;
  /** The configuration as far as it can be read, whatever its problems. */
  readonly draft: Configuration | undefined;
  readonly problems: readonly Problem[];
  readonly parts: Readonly<Record<PartName, PartState>>;
  /** Addresses of services that the stack configures, by the environment variable that would name them. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Who owns the repository. */
  readonly owner: string | undefined;
  /** The login at the image's registry. */
  readonly login: Login | undefined;
}

/** Something that was read, or why it was not. */
export type Known<Value> =
  | { readonly value: Value; readonly failure?: undefined }
  | { readonly value?: undefined; readonly failure: string };

/** A login at a registry. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Whether the stack has a resource of this type already for which `isIt` holds. */
export function inState(
  { state }: Facts,
  type: string,
  isIt: (resource: { readonly id?: string | undefined }) => boolean,
): boolean {
  return (state.value?.resources ?? []).some(
    (resource) => resource.type === type && !resource.delete && isIt(resource),
  );
}
