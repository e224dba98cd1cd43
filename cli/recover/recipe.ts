/** What is known of a resource type for the recovery of an interrupted create. */
import { UserError } from "../user-error.ts";

/** What a look-up has to go by. */
export interface Search {
  /** The declared inputs; secret ones are not readable. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The inputs of the resource's provider. */
  readonly providerInputs: Readonly<Record<string, unknown>>;
  /** The user's environment: tokens and base URLs, the same as for the providers. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** An object that the interrupted create may have made. */
export interface Candidate {
  /** What `pulumi import` takes. */
  readonly importId: string;
  /** Its id in the state, once imported. */
  readonly stateId: string;
  /** When it was made, ISO 8601, where the service tells. */
  readonly madeAt?: string | undefined;
  /** Why it cannot have been made by this create. */
  readonly conflict?: string;
}

/** A type whose objects are looked up by natural key. */
export interface LookUp {
  /** What a person calls such an object: `GitHub repository`. */
  readonly kind: string;
  /** The natural key of the one that is looked for, in words. */
  describe(search: Search): string;
  /** All objects of that natural key. */
  find(search: Search): Promise<readonly Candidate[]>;
  /** True where the service lets several objects have the same key. */
  readonly mayRepeat?: true;
}

/** A type whose create can be sent again without making a second object. */
export interface Repeatable {
  readonly kind: string;
  /** Why, as a sentence. */
  readonly repeatable: string;
}

export type Recipe = LookUp | Repeatable;

/** Recipes by type token. */
export type Recipes = Readonly<Record<string, Recipe>>;

/** An input that is a plain text; undefined when it is not declared. Throws when it cannot be read. */
export function optionalText({ inputs }: Search, name: string): string | undefined {
  const value = inputs[name];
  if (value === undefined || typeof value === "string") return value;
  throw new UserError(
    `The input "${name}" is a secret, or no text.`,
    "Look the object up by hand and say what it is with --import or --clear.",
  );
}

/** An input that is a plain text. Throws when it is missing or cannot be read. */
export function text(search: Search, name: string): string {
  const value = optionalText(search, name);
  if (value !== undefined) return value;
  throw new UserError(`There is no input "${name}".`, "Say what the object is with --import or --clear.");
}
