/** Changes that are only another spelling. */
import { canonicalSlug } from "../slug.ts";

type IsChange = (
  path: readonly (string | number)[],
  prior: { readonly inputs: Readonly<Record<string, unknown>> },
  inputs: Readonly<Record<string, unknown>>,
) => boolean;

/** For a definition's `isChange`: inputs of these names are slugs, whose two spellings are one value. */
export function slugsIn(...names: readonly string[]): IsChange {
  return ([name = ""], prior, inputs) => {
    if (!names.includes(String(name))) return true;
    return spelling(prior.inputs[name]) !== spelling(inputs[name]);
  };
}

function spelling(value: unknown): unknown {
  return typeof value === "string" ? canonicalSlug(value) : value;
}
