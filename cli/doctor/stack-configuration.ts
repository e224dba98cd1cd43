/** A stack's configuration, checked by the program's own rules without running the program. */
import type { CheckedConfiguration } from "../../infra/load-configuration.ts";
import type { CommandContext } from "../command-context.ts";
import { silentProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { stackOutputs } from "../stack-outputs.ts";

/** A value as `pulumi config --json` shows it; without one when it is a secret that cannot be read. */
export interface ConfigurationValue {
  readonly value?: string | undefined;
  readonly secret: boolean;
}

/** Where the values belong. */
export interface StackNames {
  readonly project: string;
  readonly stack: string;
}

/** What `pulumi preview` would say of them, tokens left aside: these have checks of their own. Throws UserError when the stack that has the shared parts cannot be read. */
export async function checkedValues(
  values: Readonly<Record<string, ConfigurationValue>>,
  { project, stack }: StackNames,
  context: CommandContext,
): Promise<CheckedConfiguration> {
  // Loaded only now: the program's configuration brings the SDK.
  const { runtime } = await import("@pulumi/pulumi");
  const { checkConfiguration, sharedStack } = await import("../../infra/load-configuration.ts");
  const { partTokens } = await import("../../infra/parts.ts");
  const { sharedIn } = await import("../../infra/shared-parts.ts");

  const readable = Object.entries(values).filter(([, { value }]) => value !== undefined);
  runtime.resetOptions(project, stack, -1, "", "", false, "");
  runtime.setAllConfig(
    Object.fromEntries(readable.map(([key, { value = "" }]) => [key, value])),
    readable.filter(([, { secret }]) => secret).map(([key]) => key),
  );
  const sharedFrom = sharedStack();
  const shared =
    sharedFrom === undefined
      ? undefined
      : sharedIn(sharedFrom, await stackOutputs(await openPulumi(context, silentProgress, sharedFrom)));
  const tokens = Object.values(partTokens()).map((name) => [name, context.env[name] || "checked apart"]);
  const withTokens = { ...context.env, ...Object.fromEntries(tokens) };
  return checkConfiguration(withTokens, shared);
}
