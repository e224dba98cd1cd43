/** Operations on a stack: the commands of the Pulumi CLI that start plugins. */
import { handOverDockerHost, recordedDockerHost } from "./docker-host/index.ts";
import { DESTROYS, UPDATES } from "./pulumi-arguments.ts";

const OPERATIONS = ["preview", ...UPDATES, "refresh", ...DESTROYS, "import", "watch"];
/** Those that may build an image. */
const BUILDS = [...UPDATES, "watch"];

/** Whether these arguments of the Pulumi CLI name an operation. */
export function isOperation(args: readonly string[]): boolean {
  return args.some((argument) => OPERATIONS.includes(argument));
}

/** What an operation depends on besides the environment. */
export interface OperationSurroundings {
  /** The output of `pulumi stack export`; empty when there is no stack. */
  readonly exported: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * The environment of an operation: without DOCKER_HOST, or with the one that stands in the stack's state.
 * @throws as `handOverDockerHost`.
 */
export function operationEnvironment(
  env: Readonly<Record<string, string>>,
  { exported, args, signal }: OperationSurroundings,
): Promise<Record<string, string>> {
  const builds = args.some((argument) => BUILDS.includes(argument));
  return handOverDockerHost(env, { recorded: recordedDockerHost(exported), builds, signal });
}
