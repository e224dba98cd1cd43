/** A check of `delivery doctor`, asked with answers that are given, in the place of the services. */

import type { Check } from "../../../cli/doctor/check.ts";
import type { Facts } from "../../../cli/doctor/facts.ts";
import type { ReadAnswer, Reader } from "../../../cli/services/reader.ts";
import type { Configuration } from "../../../infra/config.ts";

/** An answer: status, body and headers; a body alone is a 200. */
export type Given = readonly [status: number, body?: unknown, headers?: Record<string, string>];

/** What is the case. */
export interface Case {
  /** Answers by `service path`; what is not given answers 404. */
  readonly answers?: Readonly<Record<string, Given>>;
  /** Settings of the stack. */
  readonly configuration?: object;
  readonly facts?: Partial<Facts>;
  readonly env?: NodeJS.ProcessEnv;
}

const TOKENS = { GITHUB_TOKEN: "g", CIRCLE_TOKEN: "c", SENTRY_AUTH_TOKEN: "s", RENDER_API_KEY: "r" };
const ON = {
  repository: "on",
  pipeline: "on",
  image: "on",
  errors: "on",
  site: "on",
  database: "on",
  cache: "on",
} as const;
const NOTHING: Facts = {
  engine: undefined,
  stack: "prod",
  state: { value: { resources: [], pending: [] } },
  plugins: { value: [] },
  unreadableSecrets: undefined,
  configuration: undefined,
  draft: undefined,
  problems: [],
  parts: ON,
  addresses: {},
  owner: "acme",
  login: undefined,
};

/** What the check finds, as `result: text` lines. */
export async function asked(
  check: Check,
  { answers = {}, configuration = {}, facts = {}, env }: Case,
): Promise<string[]> {
  const reader = (service: string) => (): Reader => {
    const answer =
      (method: string) =>
      async (path: string): Promise<ReadAnswer> => {
        const [status, body, headers = {}] = answers[`${service} ${path}`] ?? [404];
        return { request: `${service} ${method} ${path}`, status, body, headers };
      };
    return { get: answer("GET"), head: answer("HEAD") };
  };
  const settings = {
    declares: "all",
    application: { name: "site" },
    asFound: {},
    ...configuration,
  } as unknown as Configuration;
  const context = {
    facts: { ...NOTHING, configuration: settings, draft: settings, ...facts },
    readers: {
      github: reader("github"),
      circleci: reader("circleci"),
      sentry: reader("sentry"),
      render: reader("render"),
    },
    env: env ?? TOKENS,
    signal: new AbortController().signal,
  };
  if (check.applies?.(context.facts) === false) return [];
  return [await check.run(context)].flat().map(({ result, found }) => `${result}: ${found}`);
}
