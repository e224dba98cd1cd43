/** The label on a pull request that tells how much to care, and the commit's status. */
import { z } from "zod";
import { isStatus } from "../../providers/kit/service-error.ts";
import type { Outcome } from "../report/index.ts";
import type { RepositoryApi } from "./repository.ts";

interface Label {
  readonly name: Outcome;
  readonly color: string;
  readonly description: string;
}

/** From the least to the most serious. */
const LABELS: readonly Label[] = [
  { name: "no changes", color: "c2e0c6", description: "delivery: the stack stays as it is" },
  { name: "changes", color: "fbca04", description: "delivery: something is created or updated" },
  { name: "replaces or deletes", color: "b60205", description: "delivery: something is replaced or deleted" },
];

const named = z.object({ name: z.string() });

/** The label for the reports of all stacks on a pull request: the most serious outcome; none when all failed. */
export function labelFor(outcomes: readonly Outcome[]): Outcome | undefined {
  return LABELS.findLast(({ name }) => outcomes.includes(name))?.name;
}

/**
 * Sets the label, makes it when the repository has none of that name, and takes the others of the three away.
 * @throws ServiceError, ConnectionError.
 */
export async function putLabel(api: RepositoryApi, pullRequest: number, wanted: Outcome | undefined): Promise<void> {
  const { client, path } = api;
  const labels = `${path}/issues/${pullRequest}/labels`;
  const present = (await client.list(labels, named)).map(({ name }) => name.toLowerCase());
  for (const { name } of LABELS)
    if (name !== wanted && present.includes(name)) await client.remove(`${labels}/${encodeURIComponent(name)}`);
  if (wanted === undefined || present.includes(wanted)) return;
  await ensureLabel(api, wanted);
  await client.send("POST", labels, { body: { labels: [wanted] }, repeatable: true });
}

async function ensureLabel({ client, path }: RepositoryApi, wanted: Outcome): Promise<void> {
  if (await client.find(`${path}/labels/${encodeURIComponent(wanted)}`, named)) return;
  try {
    const [body] = LABELS.filter(({ name }) => name === wanted);
    await client.send("POST", `${path}/labels`, { ...(body && { body }) });
  } catch (error) {
    // Another job has made it in the meantime.
    if (!isStatus(error, 422)) throw error;
  }
}
