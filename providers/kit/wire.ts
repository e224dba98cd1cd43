/**
 * Property trees to and from protobuf's Struct. How a secret, an unknown and a resource reference are written
 * is fixed by the engine ("Pulumi RPC property value encoding").
 */
import { Struct, type StructMessage } from "./proto.ts";
import { isTree, type PropertyTree, reveal, Secret, UNKNOWN } from "./values.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** An unknown of each kind has a sentinel of its own: string, boolean, number, array, asset, archive, object. */
const UNKNOWNS = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Reads a Struct. An absent one is an empty tree; nulls are absent properties, as in the engine. */
export function decode(struct: StructMessage | undefined): PropertyTree {
  return struct ? (decodeValue(struct.toJavaScript()) as PropertyTree) : {};
}

/** Writes a Struct; `undefined` properties are left out. */
export function encode(tree: PropertyTree): StructMessage {
  return Struct.fromJavaScript(encodeValue(tree) as never);
}

function decodeValue(value: unknown): unknown {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isTree(value)) return value;
  if (value[SIGNATURE] === SECRET) return new Secret(reveal(decodeValue(value["value"])));
  if (value[SIGNATURE] === RESOURCE) return decodeReference(value);
  return mapPresent(value, decodeValue);
}

/** A resource passed as a value stands for its id; a component, which has none, for its URN. */
function decodeReference(reference: PropertyTree): unknown {
  const id = reference["id"];
  if (id === undefined) return reference["urn"];
  return id === "" ? UNKNOWN : decodeValue(id);
}

function encodeValue(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_STRING;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encodeValue(value.value) };
  if (Array.isArray(value)) return value.map((item) => encodeValue(item ?? null));
  return isTree(value) ? mapPresent(value, encodeValue) : value;
}

function mapPresent(tree: PropertyTree, convert: (value: unknown) => unknown): PropertyTree {
  const present = Object.entries(tree).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present.map(([key, value]) => [key, convert(value)]));
}
