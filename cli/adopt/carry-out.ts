/** Carries an adoption out: file, state, proof. */
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Pulumi } from "../pulumi.ts";
import { editState, exportedState } from "../state/edit.ts";
import { parseState, resourcesIn, type State, type StateResource, withoutResources } from "../state/resources.ts";
import { UserError } from "../user-error.ts";
import { rewriteWhole } from "../write-whole.ts";
import { type Adoption, type AdoptionPlan, type AdoptRequest, agree } from "./adoption.ts";
import type { Discovery } from "./discover.ts";
import type { Setting } from "./finding.ts";
import { type Imported, importFound } from "./import.ts";
import { importedIn } from "./imported.ts";
import { unresolvedText } from "./report.ts";
import { encryptVariables } from "./secrets.ts";
import { backUp, editStackFile, type FileChange, readStackFile } from "./stack-file.ts";
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
    await rewriteWhole(path, changed);
  };
  let isAsked = isAgreed;
  const ask = async (further: readonly FileChange[]): Promise<void> => {
    if (!isAsked) await agree(request, { ...plan, changes: further });
    isAsked = true;
  };
  const undo = await undoing(request, before, found);
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
    if (request.keep || request.context.signal.aborted) throw error;
    await undo().catch((further: Error) => {
      const reason = (error as Error).message;
      throw new UserError(`${reason}\nWhat was adopted until then could not be undone.`, further.message);
    });
    if (backup) await rm(backup);
    throw error;
  }
  return { ...plan, ...done, changes, backup, ...stricter(await readStackFile(path)) };
}

/**
 * How state and file come back to what they are now: the state first, so that the file always fits it. What somebody
 * else has added to the state meanwhile stays in it.
 */
async function undoing({ pulumi, path }: AdoptRequest, before: string, found: Discovery): Promise<() => Promise<void>> {
  const there = await urnsInState(pulumi);
  const adopted = (state: State): readonly StateResource[] => importedIn(resourcesIn(state), there, found.ids);
  return async () => {
    const agreed = adopted(parseState(await exportedState(pulumi)));
    if (agreed.length > 0)
      await editState({
        pulumi,
        action: "Undoing the adoption",
        agreed,
        concerned: adopted,
        change: (state, gone) => withoutResources(state, new Set(gone.map(({ urn }) => urn))),
        folder: dirname(path),
      });
    if (before === "") await rm(path, { force: true });
    else await rewriteWhole(path, before);
  };
}

/** What the state holds; nothing for a stack that has none yet. */
async function urnsInState(pulumi: Pulumi): Promise<ReadonlySet<string>> {
  const { code, stdout } = await pulumi.run("stack", "export");
  return new Set(code === 0 ? resourcesIn(parseState(stdout)).map(({ urn }) => urn) : []);
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
