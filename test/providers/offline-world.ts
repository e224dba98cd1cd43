/** An offline edition of a vendor's plugin beside the emulated services, with the calls that it made. */
import { join, resolve } from "node:path";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { startServices } from "../../sandbox/services/host.ts";
import { type Plugin, startPlugin } from "./harness.ts";

const editions = resolve(import.meta.dirname, "../../sandbox/offline-plugins");

/** A call to an emulated service. */
export interface RecordedCall {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly requestBody: unknown;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly durationMs: number;
}

/** The plugin, not yet configured, and its surroundings. */
export interface OfflineWorld {
  readonly plugin: Plugin;
  /** Environment that points at the services. */
  readonly env: Readonly<Record<string, string>>;
  /** Base URL of a service. */
  baseUrl(service: "github" | "sentry"): string;
  /** The calls since this was last asked. */
  recorded(): Promise<readonly RecordedCall[]>;
  /** The same as `METHOD path`, the path without `/api/v3` or `/api/0`. */
  calls(): Promise<readonly string[]>;
  /** Makes calls fail, as POST /_sandbox/faults takes it. */
  fault(rule: object): Promise<void>;
  close(): Promise<void>;
}

/** Starts the services and the edition of this name; `config` configures it, `false` leaves it unconfigured. */
export async function openOfflineWorld(
  name: string,
  config: PropertyTree | false = {},
  extraEnv: NodeJS.ProcessEnv = {},
): Promise<OfflineWorld> {
  const services = await startServices({ dbFile: ":memory:" });
  let plugin: Plugin | undefined;
  let seen = 0;
  const recorded = async (): Promise<readonly RecordedCall[]> => {
    const response = await fetch(`${services.console.baseUrl}/_sandbox/traffic?after=${seen}`);
    const lines = (await response.text()).split("\n").filter(Boolean);
    const calls = lines.map((line) => JSON.parse(line) as RecordedCall);
    seen = calls.at(-1)?.number ?? seen;
    return calls;
  };
  const close = async (): Promise<void> => {
    await plugin?.stop();
    await services.close();
  };
  try {
    const launcher = join(editions, name, `pulumi-resource-${name}`);
    plugin = await startPlugin(launcher, { ...services.env, ...extraEnv });
    if (config) await plugin.configure(config);
    return {
      plugin,
      env: services.env,
      baseUrl: (service) => services.services[service].baseUrl,
      recorded,
      async calls() {
        return (await recorded()).map(({ method, path }) => `${method} ${path.replace(/^\/api\/(v3|0)/, "")}`);
      },
      async fault(rule) {
        const response = await fetch(`${services.console.baseUrl}/_sandbox/faults`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(rule),
        });
        if (!response.ok) throw new Error(`fault refused: ${await response.text()}`);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
