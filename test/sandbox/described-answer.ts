/** Holds single answers of the emulated services against the vendors' OpenAPI descriptions, where those are at hand. */
import assert from "node:assert/strict";
import type { ServiceName } from "../../sandbox/services/core/service.ts";
import { deviations } from "../conformance/deviations.ts";
import { explain } from "../conformance/explain.ts";
import { descriptionCheck, descriptionsFolder } from "../conformance/vendors.ts";

/** An answer with its JSON body. */
export interface DescribedAnswer {
  readonly method: string;
  /** Below the service's prefix; a query does not matter. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Answers that the real service gives otherwise than it describes, and that no run of the chain meets. */
const INEXACT: readonly string[] = [
  // GitHub tells what is wrong with a ruleset in sentences, where objects are described.
  "github POST /repos/{owner}/{repo}/rulesets: response 422 /errors/* must be object",
  "github PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}: response 422 /errors/* must be object",
  // Every field of the more particular error is optional.
  "github PUT /repos/{owner}/{repo}/contents/{path}: response 409 fits several alternatives: basic-error, repository-rule-violation-error",
  // The pull requests of a commit are not described there, and their path reads as that of a commit.
  "github GET /repos/{owner}/{repo}/commits/{ref}: response 200 must be object",
  // Sentry answers a release that is there already with the release.
  "sentry POST /api/0/organizations/{organization_id_or_slug}/releases/: response 208 has a body, none is described",
];

const checks = new Map<ServiceName, ReturnType<typeof descriptionCheck>>();

/** Fails when an answer's body is not as described. A route or status that is not described is not checked. */
export function assertDescribed(service: ServiceName, { method, path, status, body }: DescribedAnswer): void {
  if (!descriptionsFolder) return;
  const check = checks.get(service) ?? descriptionCheck(descriptionsFolder, service);
  checks.set(service, check);
  const contentType = "application/json";
  const { route, problems } = check({
    method,
    path: path.split("?")[0] ?? "",
    query: new URLSearchParams(),
    requestBody: { contentType, value: null },
    status,
    responseBody: { contentType, value: body },
  });
  const ofBody = problems.filter((problem) => /^response \d+ (?!is not described$)/.test(problem));
  const { unexplained } = explain([{ call: { service, method, path }, route, problems: ofBody }], deviations);
  const unexpected = unexplained.filter((line) => !INEXACT.includes(line));
  assert.deepEqual(unexpected, [], "the answer is not as the vendor describes it");
}
