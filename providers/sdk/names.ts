/** Names in words and in files. */
import { nameOf } from "../kit/package-spec.ts";

/** `render:index:WebService` -> `web service`. */
export function kindOf(token: string): string {
  return nameOf(token)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

/** `environment` -> `an environment`. */
export function withArticle(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}

/** `render:index:getOwner` -> `get-owner.ts`. */
export function fileOf(token: string): string {
  return `${kindOf(token).replaceAll(" ", "-")}.ts`;
}
