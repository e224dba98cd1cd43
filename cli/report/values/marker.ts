/**
 * Values that JSON has no word for, as the engine writes them.
 * Source: Pulumi SDK, "go/common/resource/properties.go" and "go/common/resource/plugin/rpc.go".
 */
import type { Side } from "../report.ts";
import { cleanValue } from "./clean.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** What the engine prints in the place of a secret inside a text. */
const BLINDED = "[secret]";

/** One for each type of value that is not known yet. */
const UNKNOWN = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** How a secret inside a larger value is shown. */
const SECRET_TEXT = "(secret)";

/** How something unknown inside a larger value is shown. */
const UNKNOWN_TEXT = "(known after the run)";

/** Whether it stands for a secret. */
export function isSecret(value: unknown): boolean {
  if (value === BLINDED) return true;
  const marker = markerOf(value);
  return marker?.signature === SECRET || (marker?.signature === OUTPUT && marker.fields["secret"] === true);
}

/** Whether it stands for a value that is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === "string") return UNKNOWN.has(value);
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
  if (isSecret(value)) return SECRET_TEXT;
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const marker = markerOf(value);
  if (!marker) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  const { signature, fields } = marker;
  if (signature === OUTPUT) return plain(fields["value"]);
  if (signature === ASSET || signature === ARCHIVE)
    return `file ${fields["path"] ?? fields["uri"] ?? ""} ${fields["hash"]}`;
  if (signature === REFERENCE) return fields["urn"];
  return UNKNOWN_TEXT;
}

function markerOf(value: unknown): { signature: unknown; fields: Record<string, unknown> } | undefined {
  if (typeof value !== "object" || value === null || !(SIGNATURE in value)) return undefined;
  const fields = value as Record<string, unknown>;
  return { signature: fields[SIGNATURE], fields };
}
