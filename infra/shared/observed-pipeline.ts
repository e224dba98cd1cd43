/** A pipeline file that the team writes, where CircleCI is to deliver: whether it has the job that does. */
import { type Output, RunError } from "@pulumi/pulumi";
import { parse } from "yaml";

/** What deploys at Render: its API with the service's id, or a deploy hook ("Deploy Hooks"). */
const DEPLOYS = /RENDER_SERVICE_ID|api\.render\.com\/deploy\//;

interface Invoked {
  readonly workflows?: Readonly<Record<string, { readonly jobs?: readonly unknown[] } | number>>;
  readonly jobs?: Readonly<Record<string, unknown>>;
  readonly commands?: Readonly<Record<string, unknown>>;
  readonly setup?: boolean;
}

/**
 * Ends the program, with the job to paste, when the file has none that delivers.
 * @param delivery the context that the job takes its variables from, and YAML of the job and its place in a workflow.
 */
export function requireDelivery(
  content: Output<string>,
  { context, yaml }: { readonly context: string; readonly yaml: string },
): void {
  content.apply((text) => {
    if (delivers(text, context)) return;
    throw new RunError(
      "image.delivery is `continuous`, and .circleci/config.yml has no job that delivers. The file is the team's, because " +
        "repository.pipelineFile is `observed`. Nothing was changed. Add this to it on the default branch, or let the chain write it " +
        "(npm run pulumi -- config set --path 'delivery:repository.pipelineFile' managed --plaintext). When it is there already, " +
        `\`npm run pulumi -- refresh --target '**repository-pipeline-file'\` reads it anew.\n\n${yaml}`,
    );
  });
}

/**
 * Whether a workflow of the file runs a job that deploys: its steps say so, or its name does and it has the context
 * whose variables are there for that. What a setup workflow runs is in another file.
 */
export function delivers(text: string, context: string): boolean {
  const { workflows = {}, jobs = {}, commands = {}, setup } = parsed(text);
  if (setup === true) return true;
  const invocations = Object.values(workflows).flatMap((workflow) =>
    typeof workflow === "object" && workflow ? (workflow.jobs ?? []).map(invocationOf) : [],
  );
  const deploying = Object.keys(commands).filter((name) => DEPLOYS.test(JSON.stringify(commands[name])));
  return invocations.some(({ name, settings }) => {
    const job = JSON.stringify(jobs[name] ?? "");
    if (DEPLOYS.test(job) || deploying.some((command) => job.includes(`"${command}"`))) return true;
    const isEntrusted = [settings?.context ?? []].flat().includes(context);
    return isEntrusted && /deploy|deliver|release/i.test(name);
  });
}

interface Invocation {
  readonly name: string;
  readonly settings?: { readonly context?: string | readonly string[] } | null | undefined;
}

function invocationOf(job: unknown): Invocation {
  if (typeof job === "string") return { name: job };
  const [[name = "", settings] = []] = Object.entries((job as Record<string, Invocation["settings"]> | null) ?? {});
  return { name, settings };
}

function parsed(text: string): Invoked {
  try {
    return (parse(text, { merge: true }) as Invoked | null) ?? {};
  } catch {
    return {};
  }
}
