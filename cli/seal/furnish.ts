/** Fills a throwaway stack: state, settings, and what its program reads of its surroundings. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Document } from "yaml";
import { quotedNode } from "../../lib/yaml-scalars.ts";
import { withSealedBuildSecrets } from "./build-secrets.ts";
import { ADDRESS_VARIABLES, pipelineAddresses } from "./clean-environment.ts";
import { importState, initStack, type LocalStack, type RunInside } from "./local-stack.ts";
import { installShared, withLocalShared } from "./shared-stack.ts";
import type { Snapshot } from "./snapshot.ts";
import { configPath, encryptedSettings, placeholderOf, plainSettings, type StackSettings } from "./stack-settings.ts";

/** Of what it is filled. */
export interface FurnishRequest {
  /** The throwaway folder. */
  readonly folder: string;
  readonly snapshot: Snapshot;
  readonly settings: StackSettings;
  readonly run: RunInside;
  /** What answers where the services would be. */
  readonly servicesUrl: string;
}

/** A stack that a program can be previewed on. */
export interface Furnished {
  readonly stack: LocalStack;
  /** What the program's environment has besides. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Fills it. Throws UserError when the engine does not take something. */
export async function furnish({ folder, snapshot, settings, run, servicesUrl }: FurnishRequest): Promise<Furnished> {
  const stack = await initStack(folder, snapshot.project, snapshot.stack, run);
  const file = join(folder, `Pulumi.${snapshot.stack}.yaml`);
  const plain = withLocalShared(plainSettings(settings), snapshot.shared);
  const sealed = withSealedBuildSecrets(plain, snapshot.buildSecrets);
  const text = new Document();
  text.contents = quotedNode(text, { config: sealed.config, encryptionsalt: stack.salt });
  await writeFile(file, text.toString({ lineWidth: 0 }));
  const secrets = encryptedSettings(settings).flatMap((setting) => [
    "--secret",
    `${configPath(setting.path)}=${placeholderOf(setting, snapshot.settings)}`,
  ]);
  if (secrets.length > 0) await run(["config", "set-all", "--stack", snapshot.stack, "--path", ...secrets]);
  await importState(stack, snapshot.state, run);
  if (snapshot.shared) await installShared(snapshot.shared, folder, run);

  const answers = join(folder, "answers.jsonl");
  await writeFile(
    answers,
    Object.entries(snapshot.answers)
      .map((entry) => `${JSON.stringify(entry)}\n`)
      .join(""),
  );
  return {
    stack,
    environment: {
      ...pipelineAddresses({}),
      ...snapshot.environment,
      ...sealed.environment,
      ...Object.fromEntries(ADDRESS_VARIABLES.map((name) => [name, `${servicesUrl}/`])),
      DELIVERY_RECORDED_ANSWERS: answers,
      PULUMI_OPTION_CONFIG_FILE: file,
    },
  };
}
