/** Carries an adoption out: file, state, proof. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeLockedStack } from "../recover/locked-stack.ts";
import { type Adoption, type AdoptionPlan, type AdoptRequest, agree } from "./adoption.ts";
import type { Discovery } from "./discover.ts";
import type { Setting } from "./finding.ts";
import { type Imported, importFound } from "./import.ts";
import { unresolvedText } from "./report.ts";
import { encryptVariables } from "./secrets.ts";
import { backUp, editStackFile, type FileChange, readStackFile, writeStackFile } from "./stack-file.ts";
import { stricter } from "./stricter.ts";

/**
 * Writes the file, imports and proves. What fails is undone, unless it is to be kept.
 * @param before the file's text as it is.
 * @param isAgreed whether the plan was agreed to; what comes up later is asked for otherwise.
 * @throws UserError when a step fails, or something would change.
 */
export async function carryOut(
  request: AdoptRequest,
  plan: AdoptionPlan,
  before: string,
  isAgreed: boolean,
): Promise<Adoption> {
  const { pulumi, progress, path } = request;
  const { found, text } = plan;
  const changes = [...plan.changes];
  let backup: string | undefined;
  const write = async (changed: string): Promise<void> => {
    backup ??= await backUp(path);
    await writeStackFile(path, changed);
  };
  let isAsked = isAgreed;
  const ask = async (further: readonly FileChange[]): Promise<void> => {
    if (!isAsked) await agree(request, { ...plan, changes: further });
    isAsked = true;
  };
  const undo = await undoing(request, before);
  let done: Imported;
  try {
    if (text !== before) await write(text);
    if (found.secrets.size > 0) {
      backup ??= await backUp(path);
      await progress.step(`Encrypting ${found.secrets.size} secret variables`, () =>
        encryptVariables(pulumi, found.secrets),
      );
    }
    done = await importFound({
      pulumi,
      progress,
      ids: found.ids,
      variables: found.variables,
      agree: () => ask([]),
      async keep(settings: readonly Setting[]) {
        const edit = editStackFile(await readStackFile(path), settings, sourcesOf(found));
        await ask(edit.changes);
        await write(edit.text);
        changes.push(...edit.changes);
      },
    });
    if (done.unresolved.length > 0) throw unresolvedText(done.unresolved, request.keep);
  } catch (error) {
    // An interrupted adoption leaves the file that fits the state: another run goes on from there.
    if (!request.keep && !request.context.signal.aborted) {
      await undo();
      if (backup) await rm(backup);
    }
    throw error;
  }
  return { ...plan, ...done, changes, backup, ...stricter(await readStackFile(path)) };
}

/** How state and file come back to what they are now: the state first, so that the file always fits it. */
async function undoing({ pulumi, path }: AdoptRequest, before: string): Promise<() => Promise<void>> {
  const { code, stdout } = await pulumi.run("stack", "export");
  return async () => {
    const now = await pulumi.run("stack", "export");
    if (code === 0 && now.stdout !== stdout) {
      const folder = await mkdtemp(join(tmpdir(), "delivery-adopt-"));
      const file = join(folder, "state.json");
      await writeFile(file, stdout, { mode: 0o600 });
      const nextStep = `The state as it was is in ${file}: bring it back by \`pulumi stack import --file\`.`;
      await changeLockedStack(pulumi, ["stack", "import", "--file", file], nextStep);
      await rm(folder, { recursive: true });
    }
    if (before === "") await rm(path, { force: true });
    else await writeStackFile(path, before);
  };
}

/** Where each part of the file comes from. */
export function sourcesOf({ parts, secrets }: Discovery): Record<string, string> {
  const { repository, pipeline, errors, site } = parts;
  const from = { repository, pipeline, errors, site, image: site };
  const known = Object.entries(from).flatMap(([key, { place }]) => (place ? [[key, `As found: ${place}.`]] : []));
  return {
    ...Object.fromEntries(known),
    ...(secrets.size > 0 && { secretVariables: `As found: ${site.place}; encrypted.` }),
    asFound: "What the chain would decide otherwise, kept as found. Without a line the chain decides.",
  };
}
