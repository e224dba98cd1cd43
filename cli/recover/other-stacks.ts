/** The other stacks of the backend, which may hold what this one would make. */
import { z } from "zod";
import type { Pulumi } from "../pulumi.ts";
import { parseExportedStack, type StateResource } from "./exported-stack.ts";

const stacks = z.array(z.object({ name: z.string(), current: z.boolean().default(false) }));

/**
 * Finds the stack that holds an object. The states are read once, when the first object is asked for; a stack that
 * cannot be read is passed over.
 * @param pulumi lists the project's stacks.
 * @param own this stack's name.
 * @param open the engine on another stack.
 */
export function holderOf(
  pulumi: Pulumi,
  own: string | undefined,
  open: (stack: string) => Promise<Pulumi>,
): (type: string, id: string) => Promise<string | undefined> {
  let states: Promise<ReadonlyMap<string, readonly StateResource[]>> | undefined;
  return async (type, id) => {
    states ??= readOthers(pulumi, own, open);
    for (const [stack, resources] of await states)
      if (resources.some((resource) => resource.type === type && resource.id === id)) return stack;
    return undefined;
  };
}

async function readOthers(
  pulumi: Pulumi,
  own: string | undefined,
  open: (stack: string) => Promise<Pulumi>,
): Promise<Map<string, readonly StateResource[]>> {
  const states = new Map<string, readonly StateResource[]>();
  const listed = await pulumi.run("stack", "ls", "--json");
  const { data = [] } = listed.code === 0 ? stacks.safeParse(JSON.parse(listed.stdout)) : {};
  for (const { name } of data.filter((one) => shortName(one.name) !== shortName(own ?? ""))) {
    const { code, stdout } = await (await open(name)).run("stack", "export");
    if (code === 0) states.set(shortName(name), parseExportedStack(stdout).resources);
  }
  return states;
}

function shortName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}
