/** `delivery doctor` in end-to-end tests: a world in which all is in order, and its findings by check. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { RunResult } from "../../../cli/child-process.ts";
import type { Diagnosis, Line } from "../../../cli/doctor/diagnosis.ts";
import { runDelivery } from "./delivery.ts";
import { type RegistryDouble, startRegistryDouble } from "./registry-double.ts";
import { openScriptedChain, type ScriptedChain } from "./scripted-chain.ts";

/** What one run has found. */
export interface Findings {
  readonly code: number;
  readonly all: readonly Line[];
  /** What a check found, as `result: text` lines. */
  of(check: string): string[];
  /** Checks with a finding of this result, each once. */
  with(result: Line["result"]): string[];
  /** All that was printed. */
  readonly output: string;
}

/** The chain with a registry and a builder that answer. */
export interface DoctorWorld {
  readonly chain: ScriptedChain;
  readonly registry: RegistryDouble;
  /** The environment that points the command at them. */
  readonly env: Readonly<Record<string, string>>;
  doctor(run?: DoctorRun): Promise<Findings>;
  /** Runs it on a new stack that declares an environment only, on the shared parts of the world's own stack. */
  doctorOnEnvironment(): Promise<Findings>;
  close(): Promise<void>;
}

/** What is different in one run. */
export interface DoctorRun {
  /** Values of the stack's configuration, by path: `site.plan`, or a whole key such as `github:owner`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Name of the stack that {@link DoctorWorld.environmentStack} makes. */
const ENVIRONMENT = "staging";

/** Opens it. `close` must be called in an `after` hook. */
export async function openDoctorWorld(): Promise<DoctorWorld> {
  const chain = await openScriptedChain();
  const folder = join(chain.projectDir, "..", "docker");
  const registry = await startRegistryDouble({
    users: { sandbox: "sandbox" },
    writers: ["sandbox"],
    repositories: { "acme/site": { isPrivate: true } },
  });
  const builder = await startBuilder(folder);
  const env = { DOCKER_CONFIG: folder, DOCKER_HUB_URL: registry.url, DOCKER_HUB_REGISTRY_URL: registry.url };
  const stackFile = chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
  const world: DoctorWorld = {
    chain,
    registry,
    env,
    async doctor({ settings = {}, env: changed = {}, args = [] } = {}) {
      const usual = await readFile(stackFile, "utf8");
      await writeFile(stackFile, withSettings(usual, settings));
      const run = await runDelivery(chain, ["doctor", "--json", ...args], { ...env, ...changed });
      await writeFile(stackFile, usual);
      return findingsOf(run);
    },
    async doctorOnEnvironment() {
      await chain.succeed("stack", "init", ENVIRONMENT, "--no-select", "--copy-config-from", "sandbox");
      const settings = { declares: "environment", sharedFrom: "organization/delivery/sandbox" };
      return world.doctor({ settings, args: ["--stack", ENVIRONMENT] });
    },
    async close() {
      await new Promise((resolve) => builder.close(resolve));
      await registry.close();
      await chain.close();
    },
  };
  const usual = await readFile(stackFile, "utf8");
  await writeFile(stackFile, withSettings(usual, { "image.repository": `${registry.address}/acme/site` }));
  return world;
}

function withSettings(yaml: string, settings: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(yaml);
  for (const [path, value] of Object.entries(settings)) {
    const [first = "", ...rest] = path.includes(":") ? [path] : path.split(".");
    document.setIn(["config", path.includes(":") ? first : `delivery:${first}`, ...rest], value);
  }
  return document.toString();
}

function findingsOf({ code, stdout, stderr }: RunResult): Findings {
  if (code !== 0 && code !== 2) throw new Error(`delivery doctor ended with ${code}\n${stdout}\n${stderr}`);
  const { lines } = JSON.parse(stdout) as Diagnosis;
  return {
    code,
    all: lines,
    output: stdout + stderr,
    of: (check) => lines.filter((line) => line.check === check).map(({ result, found }) => `${result}: ${found}`),
    with: (result) => [...new Set(lines.filter((line) => line.result === result).map(({ check }) => check))],
  };
}

/** A builder of the kind `remote`, as buildx keeps it: something listens at its address. */
async function startBuilder(dockerConfig: string): Promise<Server> {
  const instances = join(dockerConfig, "buildx", "instances");
  await mkdir(instances, { recursive: true });
  const socket = join(dockerConfig, "buildkitd.sock");
  const server = createServer((connection) => connection.end());
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const nodes = [{ Name: "builder0", Endpoint: `unix://${socket}` }];
  await writeFile(join(instances, "builder"), JSON.stringify({ Name: "builder", Driver: "remote", Nodes: nodes }));
  return server;
}
