/** The look-ups of `delivery recover`, against emulated services. */
import assert from "node:assert/strict";
import type { Candidate } from "../../../cli/recover/recipe.ts";
import { recipes } from "../../../cli/recover/recipes.ts";
import { defaultAccount } from "../../../sandbox/services/core/account.ts";
import type { SandboxAccount, ServiceName } from "../../../sandbox/services/core/service.ts";
import { type RunningServices, startServices } from "../../../sandbox/services/host.ts";

const TOKENS: Readonly<Record<ServiceName, string>> = {
  github: "GITHUB_TOKEN",
  circleci: "CIRCLE_TOKEN",
  sentry: "SENTRY_AUTH_TOKEN",
  render: "RENDER_API_KEY",
};

/** Services with nothing in them, and the look-ups. */
export class RecoverySearch {
  readonly env: Readonly<Record<string, string>>;
  readonly #services: RunningServices;

  private constructor(services: RunningServices) {
    this.#services = services;
    this.env = services.env;
  }

  /** Starts the services. `close` must be called after the test. */
  static async start(account: Partial<SandboxAccount> = {}): Promise<RecoverySearch> {
    return new RecoverySearch(await startServices({ dbFile: ":memory:", account: { ...defaultAccount, ...account } }));
  }

  close(): Promise<void> {
    return this.#services.close();
  }

  /** What is found for a resource of this type and inputs. */
  async find(type: string, inputs: object, env: NodeJS.ProcessEnv = this.env): Promise<readonly Candidate[]> {
    const recipe = recipes[type];
    assert.ok(recipe && "find" in recipe, `no look-up for ${type}`);
    const search = { inputs: { ...inputs }, providerInputs: {}, env, signal: new AbortController().signal };
    assert.notEqual(recipe.describe(search), "");
    return recipe.find(search);
  }

  /** The import ids of what is found. */
  async ids(type: string, inputs: object): Promise<string[]> {
    return (await this.find(type, inputs)).map(({ importId }) => importId);
  }

  /** Sends a request, e.g. to make an object as its provider does, and gives the service's answer. */
  async make(
    service: ServiceName,
    method: string,
    path: string,
    body: object = {},
    tokenOfCaller = this.env[TOKENS[service]] ?? "",
    // biome-ignore lint/suspicious/noExplicitAny: a test reads out of it what it needs
  ): Promise<any> {
    const headers = {
      authorization: `Bearer ${tokenOfCaller}`,
      "circle-token": tokenOfCaller,
      "content-type": "application/json",
    };
    const url = `${this.#services.services[service].baseUrl}${path}`;
    const answer = await fetch(url, { method, headers, ...(method !== "GET" && { body: JSON.stringify(body) }) });
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}`);
    return answer.json();
  }
}
