/** A Docker engine behind TLS with client certificates, as CircleCI's remote Docker is one. */
import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { silentProgress } from "../../cli/progress.ts";
import { clientConfiguration } from "../../sandbox/docker/build/login.ts";
import { debianPrograms } from "../../sandbox/docker/engines/debian-programs.ts";
import { openRegistry } from "../../sandbox/docker/registry/registry.ts";
import { registryProcess } from "../../sandbox/docker/registry/registry-process.ts";
import { Cleanup } from "../../sandbox/docker/system/cleanup.ts";
import { startDaemon } from "../../sandbox/docker/system/daemon.ts";
import { unmountBelow } from "../../sandbox/docker/system/mounts.ts";
import { freePort } from "../../sandbox/docker/system/ports.ts";
import { cacheDir } from "../../sandbox/paths.ts";

/** A running engine and a registry that it reaches. */
export interface TlsEngine {
  readonly folder: string;
  /** The environment of a client, with the address and the certificates. */
  readonly env: Record<string, string>;
  readonly registry: { readonly address: string; readonly username: string; readonly password: string };
  close(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 20_000;

/** Starts it. @param plugins folder of the client's plugins. */
export async function startTlsEngine(plugins: string): Promise<TlsEngine> {
  const cleanup = new Cleanup();
  try {
    const folder = await mkdtemp(join(tmpdir(), "docker-tls-"));
    cleanup.add(() => rm(folder, { recursive: true, force: true }));
    const request = { cacheDir: cacheDir(), stateDir: folder, progress: silentProgress };
    const programs = await debianPrograms(request as never, ["docker.io"], ["docker-cli"]);
    const { env } = programs;
    const tini = await programs.program("tini");
    const starter = registryProcess({ dockerRegistry: await programs.program("docker-registry"), tini, env });
    const registry = await openRegistry(join(folder, "registry"), starter);
    cleanup.add(registry.close);
    const certificates = await makeCertificates(join(folder, "certificates"));
    const port = await freePort();
    const dataRoot = join(folder, "data");
    cleanup.add(() => unmountBelow(folder));
    const daemon = await startDaemon({
      program: await programs.program("dockerd"),
      args: [
        ...["--host", `tcp://127.0.0.1:${port}`, "--tlsverify"],
        ...["ca", "cert", "key"].map((name) => `--tls${name === "ca" ? "cacert" : name}=${certificates.server(name)}`),
        ...["--data-root", dataRoot, "--exec-root", join(folder, "exec"), "--pidfile", join(folder, "dockerd.pid")],
        ...["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false"],
        ...["--exec-opt", "native.cgroupdriver=cgroupfs"],
      ],
      env,
      logFile: join(folder, "dockerd.log"),
      init: tini,
    });
    cleanup.add(() => daemon.stop(GRACE_MS));
    await mkdir(join(folder, "config"));
    await writeFile(join(folder, "config", "config.json"), clientConfiguration([], [plugins]));
    const client = {
      ...env,
      DOCKER_HOST: `tcp://127.0.0.1:${port}`,
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: certificates.client,
      DOCKER_CONFIG: join(folder, "config"),
    };
    const docker = (...args: string[]) => execa("docker", args, { env: client, extendEnv: false, reject: false });
    await daemon.waitUntil(async () => (await docker("info")).exitCode === 0, READY_WITHIN_MS);
    return { folder, env: client, registry, close: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

/** An authority and what it signed: a server's certificate for loopback, and a client's ("Protect the Docker daemon socket"). */
async function makeCertificates(folder: string) {
  const client = join(folder, "client");
  const server = join(folder, "server");
  for (const made of [client, server]) await mkdir(made, { recursive: true });
  const openssl = (...args: string[]) => execa("openssl", args, { cwd: folder });
  const authority = join(folder, "ca-key.pem");
  const subject = (name: string): string[] => ["-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${name}`];
  await openssl("req", "-x509", "-days", "2", ...subject("authority"), "-keyout", authority, "-out", "ca.pem");
  for (const [place, usage, names] of [
    [client, "clientAuth", ""],
    [server, "serverAuth", "subjectAltName=IP:127.0.0.1\n"],
  ] as const) {
    const [key, request, extensions] = [join(place, "key.pem"), join(place, "request"), join(place, "extensions")];
    await openssl("req", ...subject(usage), "-keyout", key, "-out", request);
    await writeFile(extensions, `extendedKeyUsage=${usage}\n${names}`);
    const signed = ["-days", "2", "-CA", "ca.pem", "-CAkey", authority, "-CAcreateserial", "-extfile", extensions];
    await openssl("x509", "-req", ...signed, "-in", request, "-out", join(place, "cert.pem"));
    await execa("cp", [join(folder, "ca.pem"), join(place, "ca.pem")]);
  }
  await access(join(client, "cert.pem"));
  return { client, server: (name: string): string => join(server, `${name}.pem`) };
}
