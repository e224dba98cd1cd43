/** The emulated services with a copy of the program, and no containers: images are neither built nor run. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { silentProgress } from "../../../cli/progress.ts";
import { type EngineHome, prepareEngineHome } from "../../../sandbox/engine-home.ts";
import { dockerBuild } from "../../../sandbox/offline-plugins/editions.ts";
import { projectRoot } from "../../../sandbox/paths.ts";
import { type Captured, pulumiCaptured } from "../../../sandbox/pulumi.ts";
import type { FaultRule } from "../../../sandbox/services/core/faults.ts";
import { type RunningServices, startServices } from "../../../sandbox/services/core/host.ts";
import { copyProject } from "../support/project-copy.ts";

/** Counts of objects by service and kind, and of images that were built. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A rule as a test writes it. */
export type Fault = Pick<FaultRule, "service" | "action"> & Partial<FaultRule>;

/** An operation that the state holds as pending. */
export interface Pending {
  readonly type: string;
  readonly resource: { readonly urn: string; readonly type: string };
}

/** The world of one test file. */
export class RecoverWorld {
  readonly home: EngineHome;
  readonly #folder: string;
  readonly #services: RunningServices;

  private constructor(folder: string, services: RunningServices, home: EngineHome) {
    this.#folder = folder;
    this.#services = services;
    this.home = home;
  }

  /** Opens the world in a new temporary folder. `close` must be called in an `after` hook. */
  static async open(): Promise<RecoverWorld> {
    const folder = await mkdtemp(join(tmpdir(), "delivery-recover-"));
    const services = await startServices({ dbFile: ":memory:", linked: true });
    try {
      const prepared = await prepareEngineHome({
        stateDir: join(folder, "state"),
        world: {
          pid: process.pid,
          console: services.console.baseUrl,
          services: {},
          registry: { address: "localhost:5000", username: "sandbox", password: "sandbox" },
          env: services.env,
        },
        plugins: "offline",
        progress: silentProgress,
        projectDir: await copyProject(join(folder, "project")),
      });
      const home = { ...prepared, env: { ...prepared.env, BUILD_LOG: join(folder, "builds") } };
      await installScriptedDockerBuild(home);
      return new RecoverWorld(folder, services, home);
    } catch (error) {
      await services.close();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#services.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  pulumi(...args: string[]): Promise<Captured> {
    return pulumiCaptured(this.home, args);
  }

  /** Runs `pulumi` and fails the test with its whole output when it fails. */
  async succeed(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.pulumi(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Runs `delivery` in the copy of the program. */
  async delivery(...args: string[]): Promise<Captured> {
    const command = [join(projectRoot, "cli/main.ts"), ...args];
    const options = { cwd: this.home.projectDir, env: this.home.env };
    return promisify(execFile)(process.execPath, command, options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: Captured) => ({ code, stdout, stderr }),
    );
  }

  async counts(): Promise<Counts> {
    const answer = await fetch(`${this.#services.console.baseUrl}/_sandbox/state`);
    const builds = (await readFile(join(this.#folder, "builds"), "utf8").catch(() => "")).split("\n").length - 1;
    return { ...((await answer.json()) as Counts), docker: { builds } };
  }

  async pending(): Promise<readonly Pending[]> {
    const exported = JSON.parse(await this.succeed("stack", "export"));
    return exported.deployment.pending_operations ?? [];
  }

  /** Makes the services fail as told. */
  async fault(rule: Fault): Promise<void> {
    const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(rule) };
    const answer = await fetch(`${this.#services.console.baseUrl}/_sandbox/faults`, options);
    if (!answer.ok) throw new Error(`the fault rule was refused: ${await answer.text()}`);
  }

  /** How many rules have hit a call. */
  async faultsHit(): Promise<number> {
    const answer = await fetch(`${this.#services.console.baseUrl}/_sandbox/faults`);
    return ((await answer.json()) as { hits: number }[]).filter(({ hits }) => hits > 0).length;
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.#services.console.baseUrl}/_sandbox/faults`, { method: "DELETE" });
  }

  /** Makes builds begin and never end, or end at once. */
  async holdBuilds(hold: boolean): Promise<void> {
    const file = join(this.#folder, "builds.hold");
    if (hold) await writeFile(file, "");
    else await rm(file, { force: true });
  }

  /** Forgets every object of every service and the stack's state. */
  async reset(): Promise<void> {
    await fetch(`${this.#services.console.baseUrl}/_sandbox/reset`, { method: "POST" });
    await rm(join(this.#folder, "builds"), { force: true });
  }

  /** A call to a service with its token, as a person makes one by hand. */
  async byHand(method: string, url: string, headers: Record<string, string>, body?: unknown): Promise<unknown> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...content,
    });
    if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? undefined : await answer.json();
  }
}

async function installScriptedDockerBuild({ env }: EngineHome): Promise<void> {
  const { name, version } = dockerBuild;
  const launcher = `pulumi-resource-${name}`;
  const installed = join(env["PULUMI_HOME"] ?? "", "plugins", `resource-${name}-v${version}`, launcher);
  const script = join(import.meta.dirname, "scripted-docker-build", launcher);
  await writeFile(installed, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, { mode: 0o755 });
}
