/** What an adopted object has and the configuration does not offer: it is declared as it was found. */
import { CustomResource, getStack, log, Output, runtime } from "@pulumi/pulumi";
import { removeCommand } from "./configuration-problems.ts";
import { onStack } from "./stack-commands.ts";

/** Values of arguments, by the logical name of the resource. */
type Found = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * From now on gives the named resources these arguments: a map is merged into the declared one, null leaves an argument
 * out, anything else takes its place.
 * @param key where the values stand in the configuration, for messages.
 * @returns to be called once all is declared: warns of names that nothing has.
 */
export function keepAsFound(key: string, found: Found): () => void {
  const unused = new Set(Object.keys(found));
  if (unused.size > 0)
    runtime.registerStackTransformation(({ resource, name, props, opts }) => {
      const values = found[name];
      if (!values || !(resource instanceof CustomResource)) return undefined;
      unused.delete(name);
      return { props: merged(props, values) as Record<string, unknown>, opts };
    });
  return () => {
    for (const name of unused)
      log.warn(
        `${key}.${name} names nothing that this stack declares. ${onStack(removeCommand(`${key}.${name}`), getStack())}`,
      );
  };
}

function merged(declared: unknown, found: unknown): unknown {
  if (!isMap(found)) return found;
  if (Output.isInstance(declared)) return (declared as Output<unknown>).apply((value) => merged(value, found));
  const result: Record<string, unknown> = isMap(declared) ? { ...declared } : {};
  for (const [name, value] of Object.entries(found)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
