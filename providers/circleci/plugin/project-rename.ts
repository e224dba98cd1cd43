/** A repository of an OAuth organization that was renamed: its project has the new name as well. */
import type { CallContext } from "../../kit/resource.ts";
import { retry } from "../../kit/retry.ts";
import { canonicalSlug } from "../slug.ts";
import type { CircleciClient } from "./client.ts";
import { findProject } from "./project-api.ts";

/** CircleCI hears of a new name by a webhook. About a quarter of a minute in all. */
const PATIENCE = { attempts: 6, firstWaitMs: 500, longestWaitMs: 8_000, longestAskedMs: 0 };

/** Whether two slugs name repositories of one OAuth organization. */
export function isRename(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined || after.startsWith("circleci/")) return false;
  return organizationOf(before) === organizationOf(after);
}

function organizationOf(slug: string): string {
  return canonicalSlug(slug).replace(/\/[^/]*$/, "");
}

class NotRenamedYet extends Error {}

/**
 * Waits until CircleCI shows the project by its new slug. It takes over a repository's new name by itself ("Rename
 * organizations and repositories"), with variables, keys and builds.
 * @throws Error when it does not in time, or shows another project there.
 */
export async function untilRenamed(
  call: CallContext<CircleciClient>,
  before: { readonly slug: string; readonly projectId?: string },
  slug: string,
): Promise<void> {
  const look = async (): Promise<void> => {
    const found = await findProject(call, slug);
    if (!found)
      throw new NotRenamedYet(
        `CircleCI does not show ${before.slug} as ${slug} yet. It takes over a repository's new name by itself, at the ` +
          "latest when a member of the organization logs in to its web app: do that, then run the same command again",
      );
    if (before.projectId !== undefined && found.id !== before.projectId)
      throw new Error(
        `${slug} is another project at CircleCI than ${before.slug}: give the repository a name that no project has, ` +
          "or delete one of the two projects at CircleCI and run the same command again",
      );
  };
  await retry(look, {
    signal: call.signal,
    limits: PATIENCE,
    judge: (error) => (error instanceof NotRenamedYet ? {} : "give up"),
    onWait: () => call.progress("waiting for CircleCI to take over the repository's new name"),
  });
}
