/** The sandbox's own interface, `/_sandbox/*`, as a test uses it. */

/** One recorded call, as `GET /_sandbox/traffic` gives it. */
export interface TrafficLine {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  /** Null when the connection was cut. */
  readonly status: number | null;
  readonly requestBody?: unknown;
  readonly responseBody?: unknown;
  /** The fault that met the call, in words. */
  readonly fault?: string;
}

export interface SandboxConsole {
  /** The calls recorded since the services started or were reset. */
  traffic(): Promise<TrafficLine[]>;
  /** Calls that changed something or tried to, as `service METHOD path` lines. */
  writes(): Promise<string[]>;
  /** Counts of objects by kind, by service. */
  state(): Promise<Record<string, Record<string, number>>>;
  /** Adds a fault rule. */
  fault(rule: object): Promise<void>;
  /** How many rules have met a call. */
  faultsHit(): Promise<number>;
  /** Holds the next call of any of these methods to any service. Takes back what was held so before, once it holds. */
  holdNext(methods: readonly string[]): Promise<void>;
  /** Takes all fault rules back. */
  clearFaults(): Promise<void>;
  /** Forgets every object, call and fault. */
  reset(): Promise<void>;
}

/** The interface at a console's base URL. Each method fails when the console refuses. */
export function sandboxConsole(baseUrl: string): SandboxConsole {
  const send = async (method: string, path: string, body?: object): Promise<string> => {
    const answer = await fetch(`${baseUrl}/_sandbox${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text;
  };
  const traffic = async (): Promise<TrafficLine[]> => {
    const lines = (await send("GET", "/traffic")).split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as TrafficLine);
  };
  const rules = async () => JSON.parse(await send("GET", "/faults")) as { id: number; hits: number }[];
  const fault = (rule: object): Promise<string> => send("POST", "/faults", rule);
  return {
    traffic,
    async writes() {
      const writing = (await traffic()).filter(({ method }) => method !== "GET");
      return writing.map(({ service, method, path }) => `${service} ${method} ${path}`);
    },
    state: async () => JSON.parse(await send("GET", "/state")) as Record<string, Record<string, number>>,
    async fault(rule) {
      await fault(rule);
    },
    faultsHit: async () => (await rules()).filter(({ hits }) => hits > 0).length,
    async holdNext(methods) {
      // What is held is let go last: the next call may come at once, and has to meet a new rule.
      const before = (await rules()).sort((one, other) => one.hits - other.hits);
      for (const service of ["github", "circleci", "sentry", "render"])
        for (const method of methods) await fault({ service, method, held: true, action: { delayMs: 1 } });
      for (const { id } of before) await send("DELETE", `/faults/${id}`);
    },
    async clearFaults() {
      await send("DELETE", "/faults");
    },
    async reset() {
      await send("POST", "/reset");
    },
  };
}
