/** Asks an executable which engine it is. */
import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { parse, type SemVer } from "semver";
import which from "which";
import { runProcess } from "../child-process.ts";
import type { SearchContext } from "./engine.ts";
import { LANGUAGE_HOST } from "./versions.ts";

/**
 * The version that the `pulumi` at this path says it is.
 * @throws Error when it cannot be run or prints no version.
 */
export async function engineVersion(pulumi: string, context: SearchContext): Promise<SemVer> {
  const env = { ...context.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { code, stdout, stderr } = await runProcess(pulumi, ["version"], { env, signal: context.signal });
  const version = parse(stdout.trim());
  if (code !== 0 || version === null) {
    const said = (stderr.trim() || stdout.trim()).split("\n").at(-1);
    throw new Error(`\`${pulumi} version\` gave exit code ${code} and no version${said ? `: ${said}` : ""}`);
  }
  return version;
}

/** The Node.js language host that the `pulumi` at this path would use; undefined when there is none. */
export async function languageHost(pulumi: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const besideLink = dirname(pulumi);
  const besideTarget = dirname(await realpath(pulumi));
  for (const path of [besideLink, besideTarget, env["PATH"] ?? ""]) {
    const found = await which(LANGUAGE_HOST, { path, nothrow: true });
    if (found !== null) return found;
  }
  return undefined;
}
