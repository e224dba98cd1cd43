/** Environments of one project, each a stack of its own, that are brought up side by side from one program's folder. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import { parse } from "yaml";
import { runDelivery } from "../../e2e/support/delivery.ts";
import { addStack, type FurtherStack } from "../../e2e/support/further-stack.ts";
import type { ScriptedChain } from "../../e2e/support/scripted-chain.ts";

/** How many stacks there are, and how many run at once. */
export interface SideBySide {
  readonly stacks: number;
  readonly atOnce: number;
}

const RUN = ["--yes", "--skip-preview"];

/** Makes the shared parts, brings the stacks up, and tells what is wrong then, a line each. */
export async function upSideBySide(chain: ScriptedChain, { stacks: count, atOnce }: SideBySide): Promise<string[]> {
  await chain.succeed("up", ...RUN);
  const before = await chain.console.state();
  const stacks: FurtherStack[] = [];
  const config = await environmentConfig(chain);
  for (let number = 1; number <= count; number += 1)
    stacks.push(await addStack({ ...chain, folder: join(chain.projectDir, "..") }, `review-${number}`, config));
  const limit = pLimit(atOnce);
  const found = await Promise.all(stacks.map((stack) => limit(() => bringUp(chain, stack))));
  const after = await chain.console.state();
  const made = (after["render"]?.["services"] ?? 0) - (before["render"]?.["services"] ?? 0);
  return [
    ...found.flat(),
    ...(made === count ? [] : [`${made} services for ${count} stacks`]),
    ...(await locksIn(chain)).map((lock) => `a lock is left: ${lock}`),
  ];
}

/** The lightest that has an image, a place and a site of its own. */
async function environmentConfig({ home }: ScriptedChain): Promise<Record<string, unknown>> {
  const { config } = parse(await readFile(home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "", "utf8"));
  return {
    "delivery:declares": "environment",
    "delivery:sharedFrom": "organization/delivery/sandbox",
    "delivery:application": config["delivery:application"],
    "delivery:image": config["delivery:image"],
    "delivery:pipeline": "off",
    "delivery:errors": "off",
    "delivery:site": { region: "oregon", plan: "starter", healthCheckPath: "/healthz/" },
  };
}

async function bringUp(chain: ScriptedChain, stack: FurtherStack): Promise<string[]> {
  const environment = { PULUMI_OPTION_CONFIG_FILE: stack.file, PULUMI_STACK: stack.name };
  const args = ["up", "--yes", "--json", "--no-policy", "--stack", stack.name];
  const { code, stdout, stderr } = await runDelivery(chain, args, environment);
  if (code !== 0) return [`${stack.name} ended with ${code}: ${stderr}`];
  const others = new RegExp(`review-(?!${stack.name.slice("review-".length)}\\b)\\d+`);
  const { resources, pendingOperations } = await stack.state();
  const sites = resources.filter(({ type }) => type === "render:index:WebService").map(({ inputs }) => inputs["name"]);
  const text = JSON.stringify(resources);
  return [
    ...(others.test(stdout) ? [`the report of ${stack.name} speaks of ${others.exec(stdout)}`] : []),
    ...(others.test(text) ? [`the state of ${stack.name} holds ${others.exec(text)}`] : []),
    ...(sites.join() === `site-${stack.name}` ? [] : [`${stack.name} has made ${sites.join(", ")}`]),
    ...(pendingOperations === 0 ? [] : [`${stack.name} has ${pendingOperations} pending operations`]),
    ...(await strangersIn(join(chain.projectDir, ".delivery"), stack.name, others)),
  ];
}

/** Files that the stack keeps in the program's folder and that speak of another. */
async function strangersIn(folder: string, stack: string, others: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const part of [stack, join("state", stack)]) {
    const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((one) => one.isFile())) {
      const file = join(entry.parentPath, entry.name);
      const stranger = others.exec(await readFile(file, "utf8"));
      if (stranger) found.push(`${file} of ${stack} speaks of ${stranger}`);
    }
  }
  return found;
}

async function locksIn({ home }: ScriptedChain): Promise<string[]> {
  const locks = join(fileURLToPath(home.env["PULUMI_BACKEND_URL"] ?? ""), ".pulumi", "locks");
  const entries = await readdir(locks, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((one) => one.isFile()).map(({ name }) => name);
}
