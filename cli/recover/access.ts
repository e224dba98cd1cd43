/** Whether "not found" can be believed: services answer the same to a token that may not see. */
import type { CommandContext } from "../command-context.ts";
import { testedBy, tokenOf } from "../drift/failing-services.ts";
import { sightOf } from "../drift/sight.ts";
import { kindOf } from "../report/catalogue/index.ts";
import { githubReader } from "../services/github.ts";
import type { StateResource } from "./exported-stack.ts";

/**
 * Asks the service about the account that the resource is in.
 * @returns why "not found" is not to be believed; undefined when it is.
 */
export async function accessProblem(
  resource: StateResource,
  context: Pick<CommandContext, "env" | "signal">,
): Promise<string | undefined> {
  const { urn, type, inputs } = resource;
  const { service } = kindOf(type);
  const { fullName } = service === "GitHub" ? repositoryName(inputs, context.env) : {};
  if (await seesRepository(fullName, context)) return undefined;
  const outputs = { ...inputs, ...(fullName !== undefined && { fullName }) };
  const unknown = { id: "", parent: "", custom: true, protect: false, retainOnDelete: false };
  const state = { ...unknown, inputs, outputs };
  const gone = { urn, type, remembered: state, found: undefined, differing: {}, steps: [] };
  const { credible, said } = await sightOf(service, [gone], context);
  if (credible) return undefined;
  return `${service} answers "not found", as it does to a token without access. ${said ?? ""} ${testedBy(tokenOf(service))}`;
}

/** Whether a repository can be seen; whoever sees it sees what belongs to it. */
async function seesRepository(
  fullName: string | undefined,
  { env, signal }: Pick<CommandContext, "env" | "signal">,
): Promise<boolean> {
  if (fullName === undefined) return false;
  return (await githubReader(env, signal).get(`/repos/${fullName}`)).status === 200;
}

/** GitHub's full name of a repository, of which the program knows the second half. */
function repositoryName(inputs: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): { fullName?: string } {
  const owner = env["GITHUB_ORGANIZATION"] || env["GITHUB_OWNER"];
  const name = inputs["repository"] ?? inputs["name"];
  return owner && typeof name === "string" ? { fullName: `${owner}/${name}` } : {};
}
