/** What the stack is called. */
import { failedRun, type Pulumi } from "../pulumi.ts";
import { resourcesOfExport } from "../state/resources.ts";

/**
 * The stack's name without organization and project, as reports call it.
 * @param given the stack that the command line names, possibly with them.
 * @param exported what `pulumi stack export` gave of it, where that was asked before: every URN in it names the stack.
 * @throws UserError when none is named and none is selected.
 */
export async function stackName(pulumi: Pulumi, given: string | undefined, exported = ""): Promise<string> {
  if (given !== undefined) return given.split("/").at(-1) ?? given;
  const named = nameIn(exported);
  if (named !== undefined) return named;
  const result = await pulumi.run("stack", "--show-name");
  if (result.code === 0) return result.stdout.trim();
  throw failedRun(
    "It is not known which stack is meant",
    result,
    "Name it by --stack, in the folder of the Pulumi project and logged in to its backend.",
  );
}

/** `urn:pulumi:<stack>::<project>::...` */
function nameIn(exported: string): string | undefined {
  const [first] = resourcesOfExport(exported);
  return first && /^urn:pulumi:(.+?)::/.exec(first.urn)?.[1];
}
