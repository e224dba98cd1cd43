/** Changes that one update cannot make together: the plugin fails on the second when it has made the first. */
import type { Diagnostic, Report, ResourceChange } from "../report/index.ts";
import { UserError } from "../user-error.ts";

/** What cannot go together, and how it goes. */
interface Conflict {
  readonly problem: string;
  readonly nextStep: string;
}

/**
 * Sentry's plugin adds the renamed team by the project's old slug, which Sentry redirects; the redirected request fails
 * (404), and so does every later update until the state is refreshed.
 */
const RENAMED_TOGETHER: Conflict = {
  problem:
    "Sentry's plugin cannot give a team and its project other slugs in one update: it fails half-way, and then always.",
  nextStep:
    "Give `delivery:errors.project` its old value, run `up`, then set the new one and run it again. Where it has failed " +
    "already: npm run pulumi -- refresh --run-program",
};

/** The preview with a warning for what its update would fail on. */
export function withTwoUpdatesTold(preview: Report): Report {
  const told = conflictsIn(preview).map(
    ({ problem, nextStep }): Diagnostic => ({ severity: "warning", message: `${problem}\n${nextStep}`, times: 1 }),
  );
  return told.length === 0 ? preview : { ...preview, diagnostics: [...preview.diagnostics, ...told] };
}

/** Throws UserError for what the update would fail on. */
export function refuseTwoUpdates(preview: Report): void {
  const [conflict] = conflictsIn(preview);
  if (conflict) throw new UserError(`${conflict.problem} Nothing was changed.`, conflict.nextStep);
}

function conflictsIn({ changes }: Report): readonly Conflict[] {
  const all = changes.flatMap((service) => service.changes);
  const moved = (type: string): boolean => all.some((change) => change.type === type && changesSlug(change));
  const together = moved("sentry:index/sentryTeam:SentryTeam") && moved("sentry:index/sentryProject:SentryProject");
  return together ? [RENAMED_TOGETHER] : [];
}

function changesSlug({ operation, properties }: ResourceChange): boolean {
  return operation === "update" && properties.some(({ path }) => path === "slug");
}
