/** The accounts among which an answer is chosen, as a service lists them for the token of the environment. */
import { z } from "zod";
import { listOwners } from "../../providers/render/plugin/api/owners.ts";
import { bodyRead } from "../services/reader.ts";
import { renderClient } from "../services/render.ts";
import { sentryReader } from "../services/sentry.ts";

/** An account. */
export interface Account {
  /** The answer that means it. */
  readonly value: string;
  /** What people call it. */
  readonly name: string;
}

/** What is known of the accounts: a list, or why there is none and what would give one. */
export type Listed =
  | { readonly accounts: readonly Account[]; readonly note?: undefined }
  | { readonly accounts: readonly []; readonly note: string };

/** Lists the accounts that answer a question; undefined for a question that none answers. */
export type ListAccounts = (key: string) => Promise<Listed> | undefined;

interface Source {
  readonly token: string;
  readonly what: string;
  readonly list: (env: NodeJS.ProcessEnv, signal: AbortSignal) => Promise<readonly Account[]>;
}

/** `id` and `name` as well, "List Your Organizations"; a self-hosted Sentry of one organization answers the same. */
const organizations = z.array(z.object({ slug: z.string(), name: z.string().nullish() }));

const SOURCES: Readonly<Record<string, Source>> = {
  "site.ownerId": {
    token: "RENDER_API_KEY",
    what: "workspaces",
    list: async (env, signal) =>
      (await listOwners({ client: renderClient(env), signal })).map(({ id, name }) => ({ value: id, name })),
  },
  "errors.organization": {
    token: "SENTRY_AUTH_TOKEN",
    what: "organizations",
    list: async (env, signal) =>
      bodyOfList(await sentryReader(env, signal).get("/organizations/")).map(({ slug, name }) => ({
        value: slug,
        name: name || slug,
      })),
  },
};

/** Lists them at the services that the environment names, each once asked for. A service that fails is a note, not an error. */
export function accountLists(env: NodeJS.ProcessEnv, signal: AbortSignal): ListAccounts {
  return (key) => {
    const source = SOURCES[key];
    return source && listed(source, env, signal);
  };
}

async function listed({ token, what, list }: Source, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Listed> {
  const none = (note: string): Listed => ({ accounts: [], note });
  if (!env[token]) return none(`with ${token} in the environment they are listed here`);
  try {
    const accounts = await list(env, signal);
    return accounts.length > 0 ? { accounts } : none(`the token of ${token} sees no ${what}`);
  } catch (error) {
    signal.throwIfAborted();
    return none(`the ${what} could not be listed: ${(error as Error).message.split("\n")[0]?.replace(/\.$/, "")}`);
  }
}

function bodyOfList(answer: Parameters<typeof bodyRead>[0]): z.output<typeof organizations> {
  if (answer.status !== 200) throw new Error(`${answer.request} answered ${answer.status}`);
  return bodyRead(answer, organizations);
}
