/** The ids that a person fills into the file of `pulumi preview --import-file`, as docs/operations.md describes them. */
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { ResourceState } from "./stack-state.ts";

const importFile = z.looseObject({
  resources: z.array(
    z.looseObject({
      type: z.string(),
      name: z.string(),
      logicalName: z.string().optional(),
      component: z.boolean().optional(),
      id: z.string().optional(),
    }),
  ),
});

const ORGANIZATION = "acme";

/** Where an import takes another id than the state holds. */
const OTHER_IDS: Readonly<Record<string, (resource: ResourceState) => string>> = {
  "github:index/repositoryRuleset:RepositoryRuleset": ({ id, inputs }) => `${inputs["repository"]}:${id}`,
  "github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts": ({ inputs }) =>
    `${ORGANIZATION}:${inputs["repository"]}`,
  "sentry:index/sentryTeam:SentryTeam": ({ id }) => `${ORGANIZATION}/${id}`,
  "sentry:index/sentryProject:SentryProject": ({ id }) => `${ORGANIZATION}/${id}`,
  "sentry:index/sentryKey:SentryKey": ({ id, inputs }) => `${ORGANIZATION}/${inputs["project"]}/${id}`,
};

/** Gives each resource in the file the id of what exists, and leaves the image out. */
export async function fillInIds(file: string, existing: readonly ResourceState[]): Promise<void> {
  const content = importFile.parse(JSON.parse(await readFile(file, "utf8")));
  const resources = content.resources.filter(({ type }) => type !== "docker-build:index:Image");
  for (const resource of resources.filter(({ component }) => !component)) {
    const { type, name, logicalName = name } = resource;
    const found = existing.find(({ urn, type: other }) => other === type && urn.endsWith(`::${logicalName}`));
    if (!found) throw new Error(`There was no ${type} named ${logicalName}.`);
    resource.id = OTHER_IDS[type]?.(found) ?? found.id;
  }
  await writeFile(file, JSON.stringify({ ...content, resources }));
}
