/** What exists after `npm start`, as its reader sees it. */
import pc from "picocolors";
import { cleanValue } from "../cli/report/values/clean.ts";
import { type Outputs, outputsSchema } from "../contract/schema.ts";
import type { WorldDescription } from "./running.ts";

/** The chain's parts with their addresses, and what to try next; lines for a terminal, without what steers one. */
export function summary(world: WorldDescription, stackOutputs: Record<string, unknown>): string {
  const outputs = outputsSchema.parse(cleanValue(stackOutputs));
  const rows: [name: string, value: string | undefined][] = [
    ["Repository", outputs.repository?.url],
    ["Pipeline", pipeline(outputs)],
    ["Image", outputs.image && `${outputs.image.reference} ${pc.dim(outputs.image.digest.slice(0, 19))}`],
    ["Errors", outputs.errors && `project ${outputs.errors.project}, DSN ${outputs.errors.dsn}`],
    [
      "Site",
      outputs.site && `${pc.bold(outputs.site.url)} ${pc.dim(`(${outputs.site.id}, ${outputs.site.deployId})`)}`,
    ],
    ["Database", outputs.database && `${outputs.database.name} ${pc.dim(`(${outputs.database.id})`)}`],
    ["Cache", outputs.cache && `${outputs.cache.name} ${pc.dim(`(${outputs.cache.id})`)}`],
    ["Console", world.console],
  ];
  const lines = rows.filter(([, value]) => value).map(([name, value]) => `  ${name.padEnd(12)}${value}`);
  return [
    "",
    pc.bold("The delivery chain is up."),
    "",
    ...lines,
    "",
    "Try, in another terminal:",
    `  open ${outputs.site?.url ?? world.console}`,
    "  npm run sandbox -- exec -- npx --no delivery preview",
    "",
    pc.dim("Ctrl-C stops it."),
  ].join("\n");
}

function pipeline(outputs: Outputs): string | undefined {
  if (!outputs.pipeline) return undefined;
  const { slug, context } = outputs.pipeline;
  return context ? `${slug}, context ${context}` : slug;
}
