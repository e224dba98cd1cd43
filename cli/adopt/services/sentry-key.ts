/** The client key that the site reports with. */
import { z } from "zod";
import { list, optional } from "../../../providers/kit/answer.ts";
import type { HttpClient } from "../../../providers/kit/http.ts";
import { type Around, absent, ambiguous } from "../around.ts";

const FLAG = "--sentry-key";

const keyAnswer = z.object({
  id: z.string(),
  name: z.string(),
  rateLimit: optional(z.object({ count: optional(z.number()), window: optional(z.number()) })),
  dsn: optional(z.object({ public: optional(z.string()) })),
});

/** A client key. */
export interface FoundKey {
  readonly id: string;
  readonly rateLimit: { readonly count: number; readonly seconds: number } | undefined;
}

/**
 * The named one, else that of the site's DSN, else of the environment's name, else the only one.
 * @param path the project's path.
 * @throws UserError when the named one is not there, or it is not clear which it is.
 */
export async function chooseKey(
  { given, names, signal }: Around,
  client: HttpClient,
  path: string,
  dsn: string | undefined,
): Promise<FoundKey | undefined> {
  const options = { query: { per_page: 100 }, answer: list(keyAnswer) };
  const keys = await client.call({ signal }, "GET", `${path}keys/`, options);
  const wanted = given.sentryKey;
  const named = keys.find(({ id, name }) => id === wanted || name === wanted);
  if (wanted && !named) throw absent(`client key ${wanted}`, FLAG);
  const reporting = keys.find(({ dsn: own }) => own?.public !== undefined && own.public === dsn);
  const usual = keys.find(({ name }) => name === names.environment);
  const chosen = named ?? reporting ?? usual ?? keys[0];
  if (chosen && chosen === keys[0] && keys.length > 1 && ![named, reporting, usual].includes(chosen))
    throw ambiguous(
      "client key of Sentry",
      FLAG,
      keys.map(({ name }) => name),
    );
  const { count = 0, window: seconds = 0 } = chosen?.rateLimit ?? {};
  return chosen && { id: chosen.id, rateLimit: count > 0 ? { count, seconds } : undefined };
}
