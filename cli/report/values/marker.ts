/** Values that JSON has no word for, as the engine writes them. */
import { ARCHIVE, ASSET, OUTPUT, REFERENCE, SECRET, SIGNATURE, UNKNOWNS } from "../../../providers/kit/markers.ts";
import type { Side } from "../report.ts";
import { cleanValue } from "./clean.ts";

/** What the engine prints in the place of a secret inside a text. */
const BLINDED = "[secret]";

/** How a secret inside a larger value is shown. */
const SECRET_WORDS = "(secret)";

/** How something unknown inside a larger value is shown. */
const UNKNOWN_WORDS = "(known after the run)";

/** Whether it stands for a secret. */
export function isSecret(value: unknown): boolean {
  if (value === BLINDED) return true;
  const marker = markerOf(value);
  return marker?.signature === SECRET || (marker?.signature === OUTPUT && marker.fields["secret"] === true);
}

/** Whether it stands for a value that is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === "string") return UNKNOWNS.has(value);
  const marker = markerOf(value);
  return marker?.signature === OUTPUT && !("value" in marker.fields);
}

/** A value of the engine as one side of a change. */
export function sideOf(value: unknown): Side {
  if (value === undefined) return { state: "absent" };
  if (isSecret(value)) return { state: "secret" };
  if (isUnknown(value)) return { state: "unknown" };
  return { state: "known", value: cleanValue(plain(value)) };
}

/** How many secrets are in a value. */
export function countSecrets(value: unknown): number {
  if (isSecret(value)) return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((count, inner) => count + countSecrets(inner), 0);
}

/** A value with words in the place of every marker. */
function plain(value: unknown): unknown {
  if (isSecret(value)) return SECRET_WORDS;
  if (isUnknown(value)) return UNKNOWN_WORDS;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const marker = markerOf(value);
  if (!marker) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  const { signature, fields } = marker;
  if (signature === OUTPUT) return plain(fields["value"]);
  if (signature === ASSET || signature === ARCHIVE)
    return `file ${fields["path"] ?? fields["uri"] ?? ""} ${fields["hash"]}`;
  if (signature === REFERENCE) return fields["urn"];
  return UNKNOWN_WORDS;
}

function markerOf(value: unknown): { signature: unknown; fields: Record<string, unknown> } | undefined {
  if (typeof value !== "object" || value === null || !(SIGNATURE in value)) return undefined;
  const fields = value as Record<string, unknown>;
  return { signature: fields[SIGNATURE], fields };
}
