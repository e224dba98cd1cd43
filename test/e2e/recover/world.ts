/** The scripted chain, with an engine that can be killed in the middle of its work. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RunResult } from "../../../cli/child-process.ts";
import { SANDBOX_STACK } from "../../../sandbox/engine-home.ts";
import type { EngineHome } from "../../../sandbox/pulumi.ts";
import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import { runDelivery } from "../support/delivery.ts";
import { AS_PROCESSES } from "../support/plugin-host.ts";
import { openScriptedChain, type ScriptedChain } from "../support/scripted-chain.ts";

const POLL_MS = 50;
const DEADLINE_MS = 300_000;

/** Calls of a service; the path is a glob. */
export interface Call {
  readonly service: ServiceName;
  readonly method: string;
  readonly path: string;
}

/** An operation that the state holds as pending. */
export interface Pending {
  readonly type: string;
  readonly resource: { readonly urn: string };
}

/** What the tests read of a state. */
export interface Latest {
  readonly resources?: readonly { readonly urn: string }[];
  readonly pending_operations?: readonly Pending[];
}

/** The world of one test file. */
export class RecoverWorld {
  readonly chain: ScriptedChain;
  readonly home: EngineHome;
  /** The same for a run that is killed. */
  readonly killable: EngineHome;
  readonly #hold: string;
  readonly #stateFile: string;

  private constructor(chain: ScriptedChain) {
    this.chain = chain;
    this.#hold = join(chain.projectDir, "..", "hold-builds");
    const backend = fileURLToPath(chain.home.env["PULUMI_BACKEND_URL"] ?? "");
    this.#stateFile = join(backend, ".pulumi/stacks/delivery", `${SANDBOX_STACK}.json`);
    this.home = { ...chain.home, env: { ...chain.home.env, HOLD_BUILDS: this.#hold } };
    this.killable = { ...this.home, env: { ...this.home.env, ...AS_PROCESSES } };
  }

  /** Opens it in a new temporary folder. `chain.close` must be called in an `after` hook. */
  static async open(): Promise<RecoverWorld> {
    return new RecoverWorld(await openScriptedChain());
  }

  /** Runs `delivery` in the copy of the program. */
  delivery(...args: string[]): Promise<RunResult> {
    return runDelivery({ projectDir: this.chain.projectDir, home: this.home }, args);
  }

  /** Read past the engine, which cannot read a stack whose attributes are broken. */
  async pending(): Promise<readonly Pending[]> {
    return (await this.latest()).pending_operations ?? [];
  }

  /** Waits until the state holds these resources, and nothing but what is held is under way in a run. */
  async settled(run: Promise<unknown>, names: readonly string[], held: number): Promise<void> {
    const ended = new AbortController();
    run.finally(() => ended.abort()).catch(() => {});
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const { resources = [], pending_operations = [] } = await this.latest();
      const missing = names.filter((name) => !resources.some(({ urn }) => urn.endsWith(`::${name}`)));
      if (missing.length === 0 && pending_operations.length === held) return;
      if (ended.signal.aborted || deadline.aborted)
        throw new Error(`without ${missing.join(", ")}: ${JSON.stringify(await run)}`);
      await wait(POLL_MS);
    }
  }

  /** The state as it is kept. The engine writes the file anew for each step: a read may meet it half-written. */
  async latest(): Promise<Latest> {
    for (;;) {
      try {
        return JSON.parse(await readFile(this.#stateFile, "utf8")).checkpoint.latest ?? {};
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    }
  }

  /** Leaves the state's attributes as a kill in the middle of a write leaves them. */
  async breakAttributes(): Promise<void> {
    await writeFile(`${this.#stateFile}.attrs`, "");
  }

  /** Lets the next such call take effect ("after"), or not ("before"), and does not answer it until `release`. */
  async withholdAnswer({ service, method, path }: Call, when: "before" | "after"): Promise<void> {
    await this.chain.console.fault({ service, method, path, when, held: true, action: { delayMs: 1 } });
  }

  /**
   * Withholds the answers to all such calls, and cuts their connections at `release`. All: on a slow machine a client
   * gives up waiting, which leaves its call without effect, and asks again.
   */
  async cutAnswers({ service, method, path }: Call, when: "before" | "after"): Promise<void> {
    const rule = { service, method, path, when, held: true, times: "always", action: { cut: true } } as const;
    await this.chain.console.fault(rule);
  }

  /** Makes the next build begin and never end. */
  async holdBuilds(): Promise<void> {
    await writeFile(this.#hold, "");
  }

  /** Whether a build that is held has begun. */
  async isBuilding(): Promise<boolean> {
    return (await readFile(this.#hold, "utf8").catch(() => "")) !== "";
  }

  /** Answers calls again, and lets builds end. */
  async release(): Promise<void> {
    await this.chain.console.clearFaults();
    await rm(this.#hold, { force: true });
  }

  /** A call to Sentry's API, as a person makes one by hand. */
  async sentry(method: string, path: string, body?: object): Promise<unknown> {
    const { services, env } = this.chain.services;
    const answer = await fetch(`${services.sentry.baseUrl}/api/0/${path}`, {
      method,
      headers: { authorization: `Bearer ${env["SENTRY_AUTH_TOKEN"]}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }
}
