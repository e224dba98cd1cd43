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

/**
 * Whether a file is a private key, or a bundle that has one (RFC 7468, "Textual Encodings of PKIX, PKCS, and CMS
 * Structures", and OpenSSH's and PuTTY's own): a text that starts with such a block, rather than one that quotes it.
 * @param start the file's first bytes.
 */
export function isPrivateKeyFile(start: Buffer): boolean {
  const text = start.toString("latin1").trimStart();
  if (/^PuTTY-User-Key-File-\d/.test(text)) return true;
  return /^(?:-----BEGIN |Bag Attributes)/.test(text) && /^-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----/m.test(text);
}
