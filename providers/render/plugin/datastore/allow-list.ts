/** Who may connect to a database or key value store from outside Render. */
import { isIP } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { CheckFailure } from "../../../kit/resource.ts";

/** The addresses that are declared. None is an answer too: Render would let the whole world in without one. */
export const ipAllowList = z
  .array(
    z
      .object({
        cidrBlock: z.string().min(1).describe("Addresses in CIDR notation: `203.0.113.7/32`."),
        description: z.string().default("").describe("What the addresses are."),
      })
      .meta({ typeName: "AllowedAddresses" }),
  )
  .default([])
  .describe(
    "Addresses outside Render that may connect; none by default. Services of the same workspace and region always may.",
  );

/** What of it is not a block of addresses. Unknown values are absent. */
export function allowListProblems(declared: readonly { readonly cidrBlock?: string }[] = []): CheckFailure[] {
  return declared.flatMap(({ cidrBlock }, index) => {
    if (cidrBlock === undefined || isCidr(cidrBlock)) return [];
    const reason = `"${cidrBlock}" is not in CIDR notation; write 203.0.113.7/32 for one address`;
    return [{ property: `ipAllowList[${index}].cidrBlock`, reason }];
  });
}

function isCidr(block: string): boolean {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(block) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

/** The order of a list at Render says nothing: what was declared keeps its place. */
export function inOrderOf<Item>(declared: readonly Item[], actual: readonly Item[]): Item[] {
  const isIn = (items: readonly Item[], wanted: Item): boolean => items.some((item) => isDeepStrictEqual(item, wanted));
  return [...declared.filter((item) => isIn(actual, item)), ...actual.filter((item) => !isIn(declared, item))];
}
