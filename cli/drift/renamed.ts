/** What goes by another name at its service now, and the line of the stack's file that follows it. */
import { setCommand } from "../../lib/configuration-problems.ts";
import type { ResourceState } from "../engine-events/index.ts";
import { renamedTo } from "../services/github-repository.ts";
import type { Reading } from "./readings.ts";

type Properties = ResourceState["outputs"];
type Rename = (before: Properties, now: Properties) => string | undefined;

const RENAMES: Readonly<Record<string, Rename>> = {
  "github:index/repository:Repository": (before, now) =>
    sentences(repositoryRename(before, now), defaultBranchRename(before, now)),
  "sentry:index/sentryTeam:SentryTeam": (before, now) => slugRename("team", before, now),
  "sentry:index/sentryProject:SentryProject": (before, now) => slugRename("project", before, now),
};

/** A sentence or two for each that was renamed. */
export function renameNotes(readings: readonly Reading[]): string[] {
  return readings.flatMap(({ type, remembered, found }) =>
    found ? (RENAMES[type]?.(remembered.outputs, found.outputs) ?? []) : [],
  );
}

function repositoryRename(before: Properties, now: Properties): string | undefined {
  const [owner = "", name = ""] = text(before, "fullName").split("/");
  const renamed = name && text(now, "fullName") ? renamedTo(owner, name, text(now, "fullName")) : undefined;
  return renamed && follow(renamed.said, renamed.settings);
}

function defaultBranchRename(before: Properties, now: Properties): string | undefined {
  const [was, is] = [text(before, "defaultBranch"), text(now, "defaultBranch")];
  if (!was || !is || was === is) return undefined;
  const said = `The default branch of ${text(now, "fullName") || text(now, "name")} is ${is} now, and was ${was}`;
  return follow(said, { "delivery:pipeline.branch": is });
}

function slugRename(kind: "team" | "project", before: Properties, now: Properties): string | undefined {
  const [was, is] = [text(before, "slug"), text(now, "slug")];
  if (!was || !is || was === is) return undefined;
  const place = text(now, "organization") || text(before, "organization");
  return follow(`Sentry's ${kind} ${place}/${was} is called ${place}/${is} now`, { [`delivery:errors.${kind}`]: is });
}

function follow(said: string, settings: Readonly<Record<string, string>>): string {
  const commands = Object.entries(settings).map(([key, value]) => setCommand(key, value));
  return `${said}. An up would undo that; the stack's file follows it by: ${commands.join(" && ")}`;
}

function sentences(...all: (string | undefined)[]): string | undefined {
  return all.filter((one) => one !== undefined).join(" ") || undefined;
}

function text(properties: Properties, name: string): string {
  const value = properties[name];
  return typeof value === "string" ? value : "";
}
