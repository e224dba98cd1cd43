/** A Docker context for the engine that DOCKER_HOST names ("Docker contexts"): the same address, by a name. */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../write-whole.ts";
import { dockerFolder } from "./engine-address.ts";

/** The files of a TLS endpoint, called alike in DOCKER_CERT_PATH and in a context. */
const TLS_FILES = ["ca.pem", "cert.pem", "key.pem"];
const DESCRIPTION = "Made by delivery: an engine that DOCKER_HOST has named";

/**
 * Makes the context, in the folder of Docker's configuration, with the certificates that belong to the address.
 * @param host the value of DOCKER_HOST. Its other variables are read from the environment.
 * @returns the context's name, which is always the same for one address.
 * @throws the system's error when the folder cannot be written.
 */
export async function makeDockerContext(host: string, env: NodeJS.ProcessEnv): Promise<string> {
  const verify = Boolean(env["DOCKER_TLS_VERIFY"]);
  const certificates =
    verify || env["DOCKER_TLS"] ? await readCertificates(env["DOCKER_CERT_PATH"] || dockerFolder(env)) : {};
  const name = `delivery-${sha256(JSON.stringify([host, verify, certificates])).slice(0, 12)}`;
  const contexts = join(dockerFolder(env), "contexts");
  const tls = join(contexts, "tls", sha256(name), "docker");
  if (Object.keys(certificates).length > 0) await mkdir(tls, { recursive: true, mode: 0o700 });
  for (const [file, content] of Object.entries(certificates)) await writeWhole(join(tls, file), content);
  const meta = {
    Name: name,
    Metadata: { Description: DESCRIPTION },
    Endpoints: { docker: { Host: host, SkipTLSVerify: Object.keys(certificates).length > 0 && !verify } },
  };
  const folder = join(contexts, "meta", sha256(name));
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, "meta.json"), JSON.stringify(meta));
  return name;
}

/** What is there of them: a client certificate is not always asked for. */
async function readCertificates(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const file of TLS_FILES) {
    const content = await readFile(join(folder, file), "utf8").catch(() => undefined);
    if (content !== undefined) found[file] = content;
  }
  return found;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
