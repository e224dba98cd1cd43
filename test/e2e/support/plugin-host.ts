/**
 * Plugins that the engine starts without a process of Node each. Loading one is a third of what a run of the engine
 * costs, and the same in every run; a test process loads them once. What the engine starts is a few lines of shell,
 * which ask the host here for a server of the run's own, with the run's environment, and live and die for it.
 *
 * A run whose subject is a plugin's process, one that is killed for instance, has {@link AS_PROCESSES} in its environment.
 */
import { rename, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { circleciProvider } from "../../../providers/circleci/plugin/provider.ts";
import { openProviderServer, type ProviderServer } from "../../../providers/kit/provider-server.ts";
import type { ProviderDefinition } from "../../../providers/kit/resource.ts";
import { renderProvider } from "../../../providers/render/plugin/provider.ts";
import { provider as dockerProvider } from "../../../sandbox/offline-plugins/docker/plugin/provider.ts";
import { docker, dockerBuild, type Edition, github, sentry } from "../../../sandbox/offline-plugins/editions.ts";
import { provider as githubProvider } from "../../../sandbox/offline-plugins/github/plugin/provider.ts";
import { provider as sentryProvider } from "../../../sandbox/offline-plugins/sentry/plugin/provider.ts";
import { projectRoot } from "../../../sandbox/paths.ts";
import { hollowBuildProvider } from "./hollow-build/provider.ts";

/** In the environment of a run in which each plugin is a process of its own, as for users. */
export const AS_PROCESSES = { PLUGINS_AS_PROCESSES: "1" } as const;

/** By package; made for the folder that the engine starts them in. */
// biome-ignore lint/suspicious/noExplicitAny: each with a client of its own
const PROVIDERS: Readonly<Record<string, (folder: string | undefined) => ProviderDefinition<any>>> = {
  circleci: () => circleciProvider,
  docker: () => dockerProvider,
  "docker-build": (folder) => hollowBuildProvider(folder),
  github: () => githubProvider,
  render: () => renderProvider,
  sentry: () => sentryProvider,
};

/** The packages whose plugins are part of the program, in folders below `providers/`. */
const OWN = ["circleci", "render"];

export interface PluginHost {
  /** Puts the launchers of hosted editions in the place of those that an engine has installed in its home. */
  takeEditions(pulumiHome: string, options: { readonly builds: "none" | "real" }): Promise<void>;
  /** Puts them in the place of the program's own plugins, in a copy of the program. */
  takeOwn(projectDir: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port. `close` must be called. */
export async function openPluginHost(): Promise<PluginHost> {
  const launches = new Set<Socket>();
  const server = createServer((launch) => {
    launches.add(launch);
    launch.once("close", () => launches.delete(launch));
    serveLaunch(launch).catch((error: unknown) => launch.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    async takeEditions(pulumiHome, { builds }) {
      const taken = builds === "none" ? [github, sentry, docker, dockerBuild] : [github, sentry, docker];
      const place = ({ name, version }: Edition): string =>
        join(pulumiHome, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
      for (const edition of taken) {
        const process = `${place(edition)}-process`;
        await rename(place(edition), process);
        await writeFile(place(edition), launcher(edition.name, port, process), { mode: 0o755 });
      }
    },
    async takeOwn(projectDir) {
      for (const name of OWN) {
        const place = join(projectDir, "providers", name, `pulumi-resource-${name}`);
        // A link to the program's own.
        await rm(place);
        await writeFile(place, launcher(name, port, join(projectRoot, "providers", name, `pulumi-resource-${name}`)), {
          mode: 0o755,
        });
      }
    },
    async close() {
      for (const launch of launches) launch.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Says which plugin is wanted, the engine's address and the environment, each ended by NUL; prints the port that comes
 * back. When the engine goes away, or with a signal, it asks for the end and waits for it, as a plugin does; killed, it
 * leaves a broken connection. A sealed run does not reach the host, and has processes.
 * @param process the launcher that starts a process.
 */
function launcher(name: string, port: number, process: string): string {
  return `#!/usr/bin/env bash
[ -z "\${PLUGINS_AS_PROCESSES:-}" ] || exec '${process}' "$@"
{ exec 3<>/dev/tcp/127.0.0.1/${port}; } 2>/dev/null || exec '${process}' "$@"
{ printf '%s\\0' ${name} "\${!#}"; env -0 "PWD=$PWD"; printf '\\0'; } >&3
read -r served <&3 || exit 1
echo "$served"
stop() { echo stop >&3; read -r _ <&3; exit 0; }
trap stop INT TERM
while read -r _; do :; done
stop
`;
}

async function serveLaunch(launch: Socket): Promise<void> {
  let server: ProviderServer | undefined;
  let closed = false;
  launch.on("error", () => {});
  launch.once("close", () => {
    closed = true;
    server?.kill();
  });
  let asked = "";
  for await (const chunk of launch.setEncoding("utf8")) {
    asked += chunk;
    if (server === undefined && asked.includes("\0\0")) {
      const [name = "", engine = "", ...lines] = asked.slice(0, asked.indexOf("\0\0")).split("\0");
      const make = PROVIDERS[name];
      if (!make) throw new Error(`no plugin ${name} is hosted`);
      asked = "";
      const environment = Object.fromEntries(
        lines.map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]),
      );
      server = await openProviderServer(make(environment["PWD"]), environment, engine);
      if (closed) server.kill();
      else launch.write(`${server.port}\n`);
    } else if (server !== undefined && asked.startsWith("stop\n")) {
      await server.stop();
      launch.end();
    }
  }
}
