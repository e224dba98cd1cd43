/** What `npm start -- --once` proves. Each function returns when it holds and throws, saying what does not, when it fails. */
import { outputsSchema } from "../contract/schema.ts";
import type { EngineHome } from "./pulumi.ts";
import { pulumiCaptured } from "./pulumi.ts";

const ANSWER_TIMEOUT_MS = 10_000;

/** The deployed site answers its front page with 200. */
export async function proveSiteAnswers(stackOutputs: Record<string, unknown>): Promise<void> {
  const { site } = outputsSchema.parse(stackOutputs);
  if (!site) throw new Error("The stack's outputs name no site.");
  const answer = await fetch(site.url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  if (answer.status !== 200) throw new Error(`The site at ${site.url} answers ${answer.status} instead of 200.`);
}

/** A preview of the unchanged program plans nothing. */
export async function proveNoChange(home: EngineHome): Promise<void> {
  const { code, stdout, stderr } = await pulumiCaptured(home, ["preview", "--diff", "--expect-no-changes"]);
  if (code !== 0) throw new Error(`A second preview plans changes:\n${stdout}\n${stderr}`);
}

/** No emulated service holds an object any more. The registry keeps its images: other stacks may run them. */
export async function proveEmpty(consoleUrl: string): Promise<void> {
  const answer = await fetch(`${consoleUrl}/_sandbox/state`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  const state = (await answer.json()) as Record<string, Record<string, number>>;
  const left = Object.entries(state).flatMap(([service, kinds]) =>
    Object.entries(kinds)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${service}: ${count} ${kind}`),
  );
  if (left.length > 0) throw new Error(`Destroyed, but still there: ${left.join(", ")}.`);
}
