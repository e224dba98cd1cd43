/** A container world of a test's own, what it builds, and what it leaves behind. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { silentProgress } from "../../cli/progress.ts";
import { type BuildRequest, buildAndPush, type PushedImage } from "../../sandbox/docker/builder.ts";
import { type ContainerEngineKind, type ContainerWorld, openContainerWorld } from "../../sandbox/docker/index.ts";
import { controlGroups } from "../../sandbox/docker/system/cgroups.ts";
import { mountsBelow } from "../../sandbox/docker/system/mounts.ts";
import { cacheDir, projectRoot } from "../../sandbox/paths.ts";
import { bringLayers, keepLayers } from "../support/kept-layers.ts";
import { processesMentioning, processesOwnedBelow } from "./mentioning.ts";

/** Time for everything that is made once: packages, base image, first build. */
export const COLD_MS = 600_000;

/** A base image that every world offers. */
export const BASE = "FROM python:3.12.12-slim-bookworm";

/** A world with a state folder of its own and the cache that all sandboxes of this user share. */
export class TestWorld {
  readonly folder: string;
  readonly stateDir: string;
  readonly world: ContainerWorld;

  constructor(folder: string, stateDir: string, world: ContainerWorld) {
    this.folder = folder;
    this.stateDir = stateDir;
    this.world = world;
  }

  /** @param existing folder whose state is taken up again. */
  static async open(engine?: ContainerEngineKind, existing?: string): Promise<TestWorld> {
    const folder = existing ?? (await mkdtemp(join(tmpdir(), "docker-world-")));
    const stateDir = join(folder, "state");
    try {
      if (existing === undefined) await bringLayers(join(stateDir, "registry"), "acme/notes");
      const options = { cacheDir: cacheDir(), stateDir, progress: silentProgress, ...(engine && { engine }) };
      return new TestWorld(folder, stateDir, await openContainerWorld(options));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Closes the world and removes its folder. */
  async close(): Promise<void> {
    await this.world.close();
    await keepLayers(join(this.stateDir, "registry"));
    await rm(this.folder, { recursive: true, force: true });
  }

  get repository(): string {
    return `${this.world.registry.address}/acme/notes`;
  }

  /** A copy of the sandbox's site. */
  async copyOfSite(): Promise<string> {
    const contextDir = await mkdtemp(join(this.folder, "site-"));
    await cp(join(projectRoot, "sandbox", "app"), contextDir, { recursive: true });
    return contextDir;
  }

  /** A folder with this Dockerfile and nothing else. */
  async contextOf(...dockerfile: string[]): Promise<{ contextDir: string; dockerfile: string }> {
    const contextDir = await mkdtemp(join(this.folder, "context-"));
    const file = join(contextDir, "Dockerfile");
    await writeFile(file, `${dockerfile.join("\n")}\n`);
    return { contextDir, dockerfile: file };
  }

  /** Builds the site with the project's Dockerfile and pushes it, unless told otherwise; gives the log too. */
  async build(changes: Partial<BuildRequest> = {}): Promise<PushedImage & { log: string[] }> {
    const log: string[] = [];
    const pushed = await buildAndPush(
      {
        contextDir: join(projectRoot, "sandbox", "app"),
        dockerfile: join(projectRoot, "Dockerfile"),
        buildArgs: {},
        secrets: {},
        platforms: [],
        tags: [`${this.repository}:test`],
        registries: [this.world.registry],
        signal: new AbortController().signal,
        onLog: (line) => log.push(line),
        ...changes,
      },
      { ...process.env, ...this.world.env },
    );
    return { ...pushed, log };
  }

  /** Asks the registry as its user. */
  fetchFromRegistry(path: string, init: RequestInit = {}): Promise<Response> {
    const { address, username, password } = this.world.registry;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    return fetch(`http://${address}/v2/${path}`, { ...init, headers: { authorization, ...init.headers } });
  }

  /** What of this world is still on the machine. */
  async leftovers(): Promise<string[]> {
    return [...(await leftoversOf(this.stateDir)), ...(await this.containers(worldIdOf(this.stateDir)))];
  }

  /** The world's containers on an engine that outlives it. */
  private async containers(worldId: string): Promise<string[]> {
    if (this.world.kind !== "machine") return [];
    const filter = ["--filter", `label=delivery.sandbox=${worldId}`];
    const env = { ...process.env, ...this.world.env };
    const { stdout } = await promisify(execFile)("docker", ["ps", "--all", "--quiet", ...filter], { env });
    return stdout.split("\n").filter(Boolean);
  }
}

/** What of the container world with this state folder is still on the machine, without containers of the machine's engine. */
export async function leftoversOf(stateDir: string): Promise<string[]> {
  const processes = new Set([...(await processesMentioning(`${stateDir}/`)), ...(await processesOwnedBelow(stateDir))]);
  return [
    ...[...processes].map((pid) => `process ${pid}`),
    ...(await mountsBelow(stateDir)),
    ...(await controlGroups(`delivery-${worldIdOf(stateDir)}`)),
  ];
}

function worldIdOf(stateDir: string): string {
  return createHash("sha256").update(stateDir).digest("hex").slice(0, 10);
}

/** Asks until a server answers. */
export async function fetchOnceUp(url: string, deadlineMs = 20_000): Promise<Response> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}

/** Waits for a condition. */
export async function until(condition: () => Promise<boolean>, deadlineMs = 20_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("the condition did not come true in time");
    await delay(50);
  }
}
