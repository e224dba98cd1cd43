/**
 * Property trees to and from protobuf's Struct. How a secret, an unknown and a resource reference are written
 * is fixed by the engine ("Pulumi RPC property value encoding").
 */
import { REFERENCE, SECRET, SIGNATURE, UNKNOWN_TEXT, UNKNOWNS } from "./markers.ts";
import { Struct, type StructMessage } from "./proto.ts";
import { isTree, type PropertyTree, reveal, Secret, UNKNOWN } from "./values.ts";

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
  if (value[SIGNATURE] === REFERENCE) return decodeReference(value);
  return mapPresent(value, decodeValue);
}

/** A resource passed as a value stands for its id; a component, which has none, for its URN. */
function decodeReference(reference: PropertyTree): unknown {
  const id = reference["id"];
  if (id === undefined) return reference["urn"];
  return id === "" ? UNKNOWN : decodeValue(id);
}

function encodeValue(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encodeValue(value.value) };
  if (Array.isArray(value)) return value.map((item) => encodeValue(item ?? null));
  return isTree(value) ? mapPresent(value, encodeValue) : value;
}

function mapPresent(tree: PropertyTree, convert: (value: unknown) => unknown): PropertyTree {
  const present = Object.entries(tree).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present.map(([key, value]) => [key, convert(value)]));
}
