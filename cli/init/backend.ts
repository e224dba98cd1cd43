/** Where the Pulumi CLI keeps states, as far as the next commands depend on it. */
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** The backend that the Pulumi CLI would use now; undefined when nobody has chosen one. */
export async function chosenBackend(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (env["PULUMI_BACKEND_URL"]) return env["PULUMI_BACKEND_URL"];
  const folder = env["PULUMI_HOME"] ?? join(env["HOME"] ?? homedir(), ".pulumi");
  const current = await readFile(join(folder, "credentials.json"), "utf8").then(currentOf, () => undefined);
  return current ?? (env["PULUMI_ACCESS_TOKEN"] ? "https://api.pulumi.com" : undefined);
}

/** `pulumi login` writes the backend in use there. */
function currentOf(text: string): string | undefined {
  try {
    const { current } = JSON.parse(text) as { current?: unknown };
    return typeof current === "string" && current !== "" ? current : undefined;
  } catch {
    return undefined;
  }
}
