/** Ids in Render's form: a prefix for the kind, and twenty letters and digits. */
import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghijklmnopqrstuv";
const LENGTH = 20;

export type IdPrefix =
  | "crn"
  | "cdm"
  | "dep"
  | "dpg"
  | "dsk"
  | "evg"
  | "evm"
  | "evt"
  | "log"
  | "prj"
  | "red"
  | "rgc"
  | "srv";

/** A new id. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}-${letters(randomBytes(LENGTH))}`;
}

/** The workspace's id: derived from its name, so that a configuration can name it before the sandbox starts. */
export function ownerIdOf(name: string): string {
  return `tea-${letters(createHash("sha256").update(`workspace ${name}`).digest())}`;
}

/** A few letters that tell two things of the same name apart. */
export function suffix(): string {
  return letters(randomBytes(4)).slice(0, 4);
}

function letters(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}
