/** Gathers what is known of the stack before any service is asked. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import type { CheckedConfiguration } from "../../infra/load-configuration.ts";
import { byPart, type PartName, partFacts } from "../../infra/parts.ts";
import { SERVICES, type ServiceFacts } from "../../infra/services.ts";
import type { CommandContext } from "../command-context.ts";
import { findEngine } from "../engine/index.ts";
import { silentProgress } from "../progress.ts";
import { type Pulumi, pulumiOf } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import type { Facts, Login } from "./facts.ts";
import { notRead } from "./not-read.ts";
import { answer, type ReadConfiguration, readConfiguration, readState } from "./read-configuration.ts";
import { checkedValues } from "./stack-configuration.ts";

const pluginList = z.array(z.object({ name: z.string(), version: z.string().nullish() }));

/** The facts while nothing is known. */
const UNKNOWN: Facts = {
  engine: undefined,
  stack: undefined,
  state: { failure: "There is no engine to ask." },
  plugins: { failure: "There is no engine to ask." },
  unreadableSecrets: undefined,
  configuration: undefined,
  draft: undefined,
  problems: [],
  parts: byPart(() => "unknown"),
  addresses: {},
  owner: undefined,
  login: undefined,
};

/**
 * Gathers the facts of the stack, or of the one that is selected. Nothing is installed for it.
 * @throws UserError when the working folder is no Pulumi project.
 */
export async function gatherFacts(context: CommandContext, stack: string | undefined): Promise<Facts> {
  const { env, signal } = context;
  const project = await projectName();
  const engine = await findEngine({ progress: silentProgress, signal, env });
  if (!engine) return { ...UNKNOWN, stack };
  const pulumi = pulumiOf(engine, context, stack);
  const exported = readState(pulumi);
  const [name, { state }, configuration, plugins] = await Promise.all([
    stackName(pulumi, stack),
    exported,
    readConfiguration(pulumi, exported),
    answer(pulumi.run("plugin", "ls", "--json"), pluginNames),
  ]);
  const found = { ...UNKNOWN, engine, stack: name, state, plugins };
  if (configuration.value === undefined || name === undefined)
    return { ...found, problems: [notRead(configuration.failure ?? "No stack is selected.", name)] };
  const { values, unreadableSecrets } = configuration.value;
  const given = {
    ...found,
    parts: partsOf((part) => !["off", "false"].includes(values[`delivery:${part}`]?.value ?? usual(part))),
    owner: ownerOf(values, env),
    login: loginOf(values),
    addresses: addressesOf(values),
  };
  if (unreadableSecrets !== undefined) return { ...given, unreadableSecrets };
  const { configuration: draft, problems } = await checkedValues(values, { project, stack: name }, context).catch(
    (error: Error): CheckedConfiguration => ({ configuration: undefined, problems: [notRead(error.message, name)] }),
  );
  const complete = problems.length === 0 ? draft : undefined;
  // An environment takes some parts from another stack, and has them off itself.
  return {
    ...given,
    draft,
    problems,
    configuration: complete,
    ...(complete && { parts: partsOf((part) => complete[part] !== undefined) }),
  };
}

/** What a part is that the stack's file does not mention. */
function usual(part: PartName): string {
  return partFacts(part).isOffUnlessNamed ? "off" : "";
}

function partsOf(isOn: (part: PartName) => boolean): Facts["parts"] {
  return byPart((part) => (isOn(part) ? "on" : "off"));
}

/** The last part of `organization/project/stack`, or the one that is selected. */
async function stackName(pulumi: Pulumi, stack: string | undefined): Promise<string | undefined> {
  if (stack !== undefined) return stack.split("/").at(-1);
  const { code, stdout } = await pulumi.run("stack", "--show-name");
  return code === 0 ? stdout.trim().split("/").at(-1) : undefined;
}

function pluginNames(text: string): string[] {
  return pluginList.parse(JSON.parse(text)).map(({ name, version }) => `${name} ${version ?? ""}`.trim());
}

async function projectName(): Promise<string> {
  const text = await readFile("Pulumi.yaml", "utf8").catch(() => {
    const nextStep = "Run this in the folder of the delivery program.";
    throw new UserError(`There is no Pulumi.yaml in ${process.cwd()}.`, nextStep);
  });
  return z.object({ name: z.string() }).parse(parse(text)).name;
}

/** As the program takes it: from the configuration, else from the environment. */
function ownerOf(values: ReadConfiguration["values"], env: NodeJS.ProcessEnv): string | undefined {
  return values["github:owner"]?.value ?? env["GITHUB_OWNER"];
}

/** The plugins take an address from the configuration before the environment. */
function addressesOf(values: ReadConfiguration["values"]): Record<string, string> {
  const services: readonly ServiceFacts[] = Object.values(SERVICES);
  const named = services.map(({ address, addressKey = "" }) => [address, values[addressKey]?.value] as const);
  return Object.fromEntries(named.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

function loginOf(values: ReadConfiguration["values"]): Login | undefined {
  const image = z.object({ username: z.coerce.string(), password: z.coerce.string() });
  const given = values["delivery:image"]?.value;
  const parsed = given?.startsWith("{") ? image.safeParse(JSON.parse(given)) : undefined;
  return parsed?.data;
}
