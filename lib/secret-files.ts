/** Files that hold a secret, by their paths and by what they hold. */
import { posix } from "node:path";

/** Files that tools read secrets from, and keys as OpenSSH names them. */
const SECRET_FILE =
  /^(?:\.env(?:\.[\w-]+)*|\.netrc|\.pypirc|\.pgpass|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?)$/;
/** cookiecutter-django's folder of them. */
const SECRET_FOLDER = /(?:^|\/)\.envs\//;
/** Others that usually are. */
const USUALLY_SECRET =
  /^(?:.+\.env|\.envrc|\.htpasswd|.+\.(?:p12|pfx|jks|keystore|kdbx|ppk)|(?:client_)?secrets?\.(?:json|ya?ml|toml|ini)|credentials(?:\.json)?|service[-_]account.*\.json)$/i;
/** What shows how such a file looks. */
const EXAMPLE = /[.-](?:example|sample|template|tmpl|dist|defaults?)$|^(?:example|sample)[.-]/i;

/** Whether a file's path, or what it holds, tells of a secret: beyond doubt, or by the look of it. */
export function fileSecrecy(path: string, holdsPrivateKey = false): "certain" | "likely" | undefined {
  const name = posix.basename(path);
  if (EXAMPLE.test(name)) return undefined;
  // A module is code, whatever it is called.
  const isModule = name.endsWith(".py");
  if (holdsPrivateKey || SECRET_FILE.test(name) || SECRET_FOLDER.test(path)) return isModule ? "likely" : "certain";
  return USUALLY_SECRET.test(name) ? "likely" : undefined;
}

/** Whether everything in a folder of this path is a secret. */
export function isSecretFolder(path: string): boolean {
  return SECRET_FOLDER.test(`${path}/`);
}

/** The line that a private key starts with. */
const KEY = "-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----";
const KEY_ON_A_LINE = new RegExp(`^${KEY}`, "m");
/** A value that is a whole key rather than the mention of one: in JSON with `\\n` for its line ends, in YAML also as a block. */
const KEY_AS_VALUE = new RegExp(
  `[\\w-]["']?\\s*:\\s*(?:["']|[|>][-+\\d]*\\s)?\\s*${KEY}(?:\\\\[rn]|\\s)+[A-Za-z0-9+/]{60}`,
);

/**
 * Whether a file is a private key, or a bundle that has one (RFC 7468, "Textual Encodings of PKIX, PKCS, and CMS
 * Structures", and OpenSSH's and PuTTY's own): a text that starts with such a block, rather than one that quotes it.
 * So is JSON or YAML in which a value is one, as in the key file of a service account ("Create and delete service
 * account keys", Google Cloud).
 * @param start the file's first bytes.
 */
export function isPrivateKeyFile(start: Buffer): boolean {
  if (start.subarray(0, 40).includes("PuTTY-User-Key-File-"))
    return /^\s*PuTTY-User-Key-File-\d/.test(start.toString("latin1"));
  if (!start.includes("PRIVATE KEY-----")) return false;
  const text = start.toString("latin1").trimStart();
  return (/^(?:-----BEGIN |Bag Attributes)/.test(text) && KEY_ON_A_LINE.test(text)) || KEY_AS_VALUE.test(text);
}
