/** Takes what was found into the state, and proves that nothing would change. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../progress.ts";
import type { Pulumi } from "../pulumi.ts";
import { exportStack } from "../recover/export.ts";
import { changeLockedStack } from "../state/locked-stack.ts";
import { describeChanges, type Unresolved } from "./as-found.ts";
import type { Setting } from "./finding.ts";
import { filledIn, parseImportFile } from "./import-file.ts";
import { isSame, type Planned, previewStack } from "./preview.ts";

/** What is imported, and how. */
export interface ImportRequest {
  readonly pulumi: Pulumi;
  readonly progress: Progress;
  readonly ids: Readonly<Record<string, string>>;
  readonly variables: ReadonlyMap<string, string>;
  /** Asks before the first import, unless all was agreed to. */
  agree(): Promise<void>;
  /** Writes settings that keep what was found. */
  keep(settings: readonly Setting[]): Promise<void>;
}

/** What came of it. */
export interface Imported {
  /** Names of the resources that are new in the state. */
  readonly imported: readonly string[];
  /** What the next `up` would still change. */
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly string[];
}

/** Each round can only bring new arguments up; the second has none left. */
const ROUNDS = 2;

/** Imports what the state lacks, and describes what differs until a preview is empty or nothing more can be described. */
export async function importFound(request: ImportRequest): Promise<Imported> {
  const { pulumi, progress, ids, variables, keep } = request;
  const folder = await mkdtemp(join(tmpdir(), "delivery-adopt-"));
  try {
    const file = join(folder, "import.json");
    let planned = await progress.step("Previewing what the stack lacks", () => previewStack(pulumi, file));
    const unknown = planned.steps.filter(({ op, name }) => op === "create" && ids[name] === undefined);
    if (unknown.length > 0)
      return {
        ...undescribed(
          planned,
          unknown.map(({ name }) => name),
        ),
        imported: [],
      };
    const imported = planned.steps.filter(({ op }) => op === "create" || op === "import").map(({ name }) => name);
    if (imported.length > 0) {
      await request.agree();
      await progress.step(`Importing ${imported.length} resources`, () => importAll(request, file, planned));
      planned = await progress.step("Previewing", () => previewStack(pulumi));
    }
    for (let round = 0; round < ROUNDS && !isEmpty(planned); round++) {
      const { settings, unresolved } = describeChanges(planned.steps, variables);
      if (unresolved.length > 0 || settings.length === 0) break;
      await keep(settings);
      planned = await progress.step("Proving that nothing changes", () => previewStack(pulumi));
    }
    return { imported, unresolved: isEmpty(planned) ? [] : remaining(planned, variables), warnings: planned.warnings };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function importAll({ pulumi, ids }: ImportRequest, file: string, { steps }: Planned): Promise<void> {
  const { resources } = await exportStack(pulumi);
  const groups = filledIn(parseImportFile(await readFile(file, "utf8")), ids, steps, resources);
  for (const { file: content, protect } of groups) {
    await writeFile(file, JSON.stringify(content));
    const how = ["--file", file, `--protect=${protect}`, "--generate-code=false", "--yes", "--skip-preview"];
    await changeLockedStack(pulumi, ["import", ...how], "Fix that, then adopt again.");
  }
}

function isEmpty({ steps }: Planned): boolean {
  return steps.every(isSame);
}

function undescribed({ warnings }: Planned, names: readonly string[]): Pick<Imported, "unresolved" | "warnings"> {
  const made = { property: undefined, op: "create", before: undefined, after: undefined, key: undefined };
  return { warnings, unresolved: names.map((resource) => ({ ...made, resource })) };
}

/** What is left: what nothing describes, else what was described and comes back all the same. */
function remaining({ steps }: Planned, variables: ReadonlyMap<string, string>): readonly Unresolved[] {
  const { settings, unresolved } = describeChanges(steps, variables);
  if (unresolved.length > 0) return unresolved;
  const again = settings.map(({ key, value, note }): Unresolved => {
    const [, resource = "", ...property] = key.split(".");
    return { resource, property: property.join("."), op: "update", before: value, after: note, key: `delivery:${key}` };
  });
  return again;
}
