/** A stack's outputs, as the contract promises them. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Outputs, outputsSchema } from "../contract/schema.ts";
import { failedRun, type Pulumi } from "./pulumi.ts";
import { UserError } from "./user-error.ts";

/** What the engine prints in the place of a secret. */
const MASK = "[secret]";

/**
 * Reads and checks them.
 * @throws UserError when there are none, one is secret, or they do not keep the contract.
 */
export async function stackOutputs(pulumi: Pulumi): Promise<Outputs> {
  const result = await pulumi.run("stack", "output", "--json");
  if (result.code !== 0) throw failedRun("The stack's outputs cannot be read", result);
  const values: unknown = JSON.parse(result.stdout);
  if (isDeepStrictEqual(values, {}))
    throw new UserError(
      "The stack has no outputs: no `up` of it has ended well yet.",
      "Look with `npx --no delivery preview`, then run `npx --no delivery up`.",
    );
  const secret = maskedPath(values);
  if (secret)
    throw new UserError(
      `The output ${secret} is secret, and the contract carries no secrets. Nothing was written.`,
      "Look in stacks/transforms.ts for what made it one.",
    );
  const { data, error } = outputsSchema.safeParse(values);
  if (!data)
    throw new UserError(
      `The stack's outputs do not keep the contract:\n${z.prettifyError(error)}`,
      "Run `npx --no delivery up` first, with this version of the program.",
    );
  return data;
}

function maskedPath(value: unknown, path = ""): string | undefined {
  if (value === MASK) return path;
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value)
    .map(([name, inner]) => maskedPath(inner, path === "" ? name : `${path}.${name}`))
    .find((found) => found !== undefined);
}
