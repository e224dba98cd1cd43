/**
 * Marks with which the engine writes values that JSON has no word for: over gRPC, in states, plans and events.
 * Source: Pulumi SDK, "go/common/resource/properties.go", "asset.go", "archive.go" and "plugin/rpc.go".
 */

/** The key that tells such a value from an object of the program's. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What stands under the key. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
export const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Stands for a text that is not known yet. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The same for each type: text, boolean, number, array, asset, archive, object. */
export const UNKNOWNS: ReadonlySet<unknown> = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
