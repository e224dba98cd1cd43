/** What the application's files lack, held against the settings that are written: in the words of the preview and of `doctor`. */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { applicationFindings } from "../../infra/application/findings.ts";
import { applicationSummary } from "../../infra/application/summary.ts";
import { complete } from "../../infra/config.ts";
import { configurationSchema } from "../../infra/config-schema.ts";
import { imageFindings } from "../../infra/environment/context-findings.ts";
import { projectRoot } from "../../lib/project-folder.ts";

/**
 * Reads the files; nothing is told of a folder that is not there yet.
 * @param folder the folder from which `application.path` starts.
 * @param settings what is written, by full key.
 */
export async function applicationNotes(folder: string, settings: ReadonlyMap<string, unknown>): Promise<string[]> {
  const named = [...settings].map(([key, value]) => [key.replace(/^delivery:/, ""), value] as const);
  const given: Record<string, unknown> = Object.fromEntries(named.filter(([key]) => !key.includes(":")));
  const { path: written = "", ...application } = (given["application"] ?? {}) as { readonly path?: string };
  const place = resolve(folder, written);
  // The program's own folder is where its paths start.
  const path = relative(projectRoot, place);
  const { data } = configurationSchema.safeParse({ ...given, application: { ...application, path } });
  if (!data || !existsSync(place)) return [];
  const configuration = complete(data);
  const { problems, warnings } = applicationFindings(configuration);
  const summary = applicationSummary(configuration);
  // What cannot be read is told by whoever has to read it.
  const ofFiles = await imageFindings(configuration).catch(() => undefined);
  return [
    ...(summary ? [`The application: ${summary}.`] : []),
    ...[...problems, ...warnings].map(({ key, problem, mend }) => `${key} ${problem}: ${mend}`),
    ...(ofFiles?.notes ?? []),
    ...(ofFiles?.warnings ?? []).map(({ found, mend }) => `${found} ${mend}`),
  ];
}
