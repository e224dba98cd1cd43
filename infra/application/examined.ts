/** What is known of an application when it is judged. */
import type { Arguments } from "./build-arguments.ts";
import type { ApplicationFacts } from "./facts.ts";

/** What of a configuration the files are held against. */
export interface ApplicationSettings {
  readonly application: { readonly path: string; readonly settingsModule?: string | undefined };
  readonly declares?: string;
  readonly image?:
    | {
        readonly delivery: string;
        readonly dockerfile?: string | undefined;
        readonly buildArguments: Arguments;
        readonly buildVariables: Arguments;
        readonly port: number;
      }
    | undefined;
  readonly pipeline?:
    | {
        readonly pythonVersion?: string | undefined;
        readonly variables?: Arguments;
        readonly services?: { readonly postgres?: string | undefined; readonly redis?: string | undefined };
      }
    | undefined;
  readonly database?: object | undefined;
  readonly cache?: object | undefined;
  readonly errors?: object | undefined;
  readonly secretVariables?: object;
  readonly site?:
    | { readonly hosts: readonly string[]; readonly secretKey?: string; readonly variables?: Arguments }
    | undefined;
}

/** What the findings are made of. */
export interface Examined {
  readonly configuration: ApplicationSettings;
  readonly facts: ApplicationFacts;
  readonly dockerfile: string;
  /** The settings module's file, when the files hold the module that is configured. */
  readonly hasConfiguredSettings: boolean;
}

/** A path as a word of the shell. */
export function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
