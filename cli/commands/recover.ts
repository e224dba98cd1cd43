/** `delivery recover`: a stack whose engine was killed. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import { stackName } from "../preview/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { type Answers, type Recovery, recover } from "../recover/index.ts";
import { planText } from "../recover/report.ts";
import { removeBrokenAttributes } from "../recover/state-files.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";
import { onlyCopiedStack } from "../state/copy.ts";

interface Options {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly import?: Readonly<Record<string, string>>;
  readonly clear?: readonly string[];
}

/** Adds the command to the program. */
export function addRecoverCommand(program: Command, context: CommandContext): void {
  program
    .command("recover")
    .description(
      "after an interrupted or failed run: find out what it has made, changed and deleted, bring the state in line with " +
        "that, and prove with a preview that the next `up` makes nothing twice. What may be somebody else's is asked for " +
        "one by one, and never taken by --yes",
    )
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("-y, --yes", "do it without asking")
    .option("--json", "print one JSON object: operations (urn, type, action, id, reason), notes and plan (counts)")
    .option("--import <urn=id>", "this object is the resource's, whatever the service says; repeatable", addImport)
    .option("--clear <urn>", "the resource has no object worth keeping; repeatable", addClear)
    .action(async (options: Options) => {
      const progress = options.json ? silentProgress : terminalProgress(context.stderr);
      const pulumi = await openPulumi(context, progress, options.stack);
      await removeBrokenAttributes(pulumi);
      // Not even the name of a stack can be read whose state is damaged.
      const stack = await stackName(pulumi, options.stack).catch(() => onlyCopiedStack());
      const recovery = await recover({
        ...{ pulumi, context, progress, stack },
        openStack: (stack) => openPulumi(context, progress, stack),
        answers: answersOf(options),
        confirm: (what) => confirm(what, options, context),
        isOurs: (what) => isOurs(what, options, context),
      });
      context.stdout.write(`${options.json ? json(recovery) : cleanText(summary(recovery))}\n`);
    });
}

function addImport(value: string, previous: Options["import"]): Options["import"] {
  // An id may hold `=`, a URN does not.
  const [, urn, id] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  if (!urn || !id) throw new InvalidArgumentError("Give it as URN=ID.");
  return { ...previous, [urn]: id };
}

function addClear(value: string, previous: Options["clear"] = []): Options["clear"] {
  return [...previous, value];
}

function answersOf(options: Options): Answers {
  const answers = new Map<string, { readonly importId: string } | "clear">();
  for (const [urn, importId] of Object.entries(options.import ?? {})) answers.set(urn, { importId });
  for (const urn of options.clear ?? []) answers.set(urn, "clear");
  return answers;
}

/** Shows what is to be done; asks on a terminal, otherwise only --yes agrees. */
async function confirm(what: string, options: Options, context: CommandContext): Promise<boolean> {
  if (!options.json) context.stderr.write(`\n${cleanText(what)}\n`);
  if (options.yes) return true;
  return confirmed("Do this?", context);
}

/** Whose an object is, only a person knows: --yes does not answer this. */
async function isOurs(what: string, options: Options, context: CommandContext): Promise<boolean> {
  if (options.json || options.yes || !process.stdin.isTTY) return false;
  context.stderr.write(`\n${cleanText(what)}\n`);
  return confirmed("Is it this stack's, to be imported?", context);
}

function summary({ decisions, refreshed, imported, notes, plan }: Recovery): string {
  const remarks = notes.map((note) => `${note}\n`).join("");
  if (!plan)
    return notes.length > 0
      ? `${remarks}No operation is pending; what is said above is left to see to.`
      : "No operation is pending, and nothing is left over.";
  const [taken, cleared] = [decisions.filter(({ action }) => action === "import").length + imported.length, decisions];
  const settled = cleared.filter(({ action }) => action !== "import").length;
  const again = refreshed.length > 0 ? `, ${refreshed.length} read again` : "";
  return `${remarks}Recovered: ${taken} imported, ${settled} cleared${again}. ${planText(plan)}`;
}

function json({ decisions, refreshed, imported, notes, plan }: Recovery): string {
  const operations = [
    ...decisions.map((decision) => ({
      urn: decision.operation.resource.urn,
      type: decision.operation.type,
      action: decision.action,
      ...(decision.action === "import" && { id: decision.id }),
      reason: decision.reason,
    })),
    ...refreshed.map(({ urn, reason }) => ({ urn, type: "stale", action: "refresh", reason })),
    ...imported.map(({ resource: { urn }, candidates, reason }) => ({
      ...{ urn, type: "existing", action: "import", id: candidates[0]?.importId, reason },
    })),
  ];
  return safeJson({ operations, notes, ...(plan && { plan }) });
}
