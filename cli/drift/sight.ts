/**
 * Whether a token still sees the account that a service's objects belong to. To a token without access, services answer
 * 404 for what exists (GitHub Docs, "Troubleshooting the REST API"), and a refresh takes that for a deletion.
 */
import { z } from "zod";
import { canonicalSlug } from "../../providers/circleci/slug.ts";
import { list, optional } from "../../providers/kit/answer.ts";
import type { CommandContext } from "../command-context.ts";
import type { Service } from "../report/index.ts";
import { circleciReader } from "../services/circleci.ts";
import { githubReader } from "../services/github.ts";
import { allPages } from "../services/github-pages.ts";
import { bodyRead, type Reader } from "../services/reader.ts";
import { renderReader } from "../services/render.ts";
import { sentryReader } from "../services/sentry.ts";
import type { Reading } from "./readings.ts";

/** What a token sees. */
export interface Sight {
  /** Whether a deletion is to be believed. */
  readonly credible: boolean;
  /** What was seen, as a sentence; undefined when there is no doubt. */
  readonly said: string | undefined;
}

const CREDIBLE: Sight = { credible: true, said: undefined };

/**
 * Asks the service about the account, with the token of the environment.
 * @param gone everything that the stack has at the service, all of it answered with 404.
 * @throws Error when the service gives no answer; UserError when there is no token.
 */
export function sightOf(
  service: Service,
  gone: readonly Reading[],
  { env, signal }: Pick<CommandContext, "env" | "signal">,
): Promise<Sight> {
  const known = (name: string): string | undefined => firstOutput(gone, name);
  switch (service) {
    case "GitHub":
      return githubSight(githubReader(env, signal), known);
    case "CircleCI":
      return circleciSight(circleciReader(env, signal), known("organizationId"), known("organization"));
    case "Sentry":
      return accountSight(sentryReader(env, signal), "/organizations", "organization", known("organization"));
    case "Render":
      return accountSight(renderReader(env, signal), "/owners", "workspace", known("ownerId"));
    default:
      return Promise.resolve(CREDIBLE);
  }
}

const repositories = list(z.object({ full_name: z.string(), private: optional(z.boolean()) }));

async function githubSight(reader: Reader, known: (name: string) => string | undefined): Promise<Sight> {
  const repository = known("fullName") ?? "";
  const [owner] = repository.split("/");
  if (!owner || known("visibility") === "public") return CREDIBLE;
  const ofOrganization = await allPages(reader, `/orgs/${owner}/repos`);
  const answer = ofOrganization.status === 404 ? await allPages(reader, "/user/repos") : ofOrganization;
  const listed = answer.status === 200 ? bodyRead(answer, repositories) : [];
  if (listed.some(({ full_name }) => full_name === repository))
    return { credible: false, said: `Yet it lists ${repository} among the repositories of ${owner}.` };
  return listed.some((one) => one.private && one.full_name.startsWith(`${owner}/`))
    ? { credible: true, said: `The token sees other private repositories of ${owner}, so it has not lost all access.` }
    : { credible: false, said: `The token sees no private repository of ${owner} at all.` };
}

const collaborations = list(z.object({ id: optional(z.string()), slug: z.string() }));

async function circleciSight(reader: Reader, ...names: (string | undefined)[]): Promise<Sight> {
  const [name] = names.filter((one) => one !== undefined);
  if (name === undefined) return CREDIBLE;
  const answer = await reader.get("/api/v2/me/collaborations");
  const listed = answer.status === 200 ? bodyRead(answer, collaborations) : [];
  const known = new Set(names.flatMap((one) => (one === undefined ? [] : [canonicalSlug(one)])));
  const isSeen = listed.some(({ id, slug }) => known.has(canonicalSlug(slug)) || (id !== undefined && known.has(id)));
  return isSeen ? CREDIBLE : { credible: false, said: `The token does not see the organization ${name}.` };
}

/** For services where the account itself can be asked for. */
async function accountSight(reader: Reader, path: string, kind: string, name: string | undefined): Promise<Sight> {
  if (name === undefined) return CREDIBLE;
  const { status } = await reader.get(`${path}/${encodeURIComponent(name)}${kind === "organization" ? "/" : ""}`);
  return status < 300
    ? CREDIBLE
    : { credible: false, said: `The token does not see the ${kind} ${name}: the service answers ${status}.` };
}

function firstOutput(gone: readonly Reading[], name: string): string | undefined {
  const values = gone.map(({ remembered }) => remembered.outputs[name]);
  return values.find((value): value is string => typeof value === "string");
}
