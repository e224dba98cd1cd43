/** What an update declares. */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import type { EngineHome } from "../../../sandbox/pulumi.ts";

/** Each is a write of another resource. */
const CHANGES: readonly (readonly [key: readonly string[], value: unknown])[] = [
  [["delivery:repository", "description"], "Changed"],
  [["delivery:errors", "rateLimit"], { count: 100, seconds: 60 }],
  [["delivery:site", "plan"], "standard"],
  [["delivery:image", "revision"], "2"],
];

/** Writes it into the stack's file, and takes it back when what it gives is disposed of. */
export async function declareUpdate({ env }: Pick<EngineHome, "env">): Promise<AsyncDisposable> {
  const file = env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
  const kept = `${file}.unchanged`;
  await copyFile(file, kept);
  const document = parseDocument(await readFile(file, "utf8"));
  for (const [key, value] of CHANGES) document.setIn(["config", ...key], value);
  await writeFile(file, document.toString());
  return { [Symbol.asyncDispose]: () => copyFile(kept, file) };
}
