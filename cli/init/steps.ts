/** What comes after the stack's file is written. */
import { TOKENS } from "../../infra/invariants.ts";
import { setSecretCommand } from "../../lib/configuration-problems.ts";
import type { StackFile } from "./stack-file.ts";

/** The commands to run next: the stack, its secrets, the tokens of the parts that are on, a check of it all, and a first look. */
export function nextSteps(
  stack: string,
  settings: ReadonlyMap<string, unknown>,
  file: Pick<StackFile, "isInitialized" | "keeps">,
): string[] {
  const { username } = (settings.get("delivery:image") ?? {}) as { readonly username?: string };
  const { secretKey } = (settings.get("delivery:site") ?? {}) as { readonly secretKey?: string };
  const secrets = [
    ...(username ? ["image.password"] : []),
    ...(secretKey === "value" ? ["secretVariables.DJANGO_SECRET_KEY"] : []),
  ];
  const parts = Object.entries(TOKENS).filter(([part]) => typeof settings.get(`delivery:${part}`) === "object");
  return [
    ...(file.isInitialized ? [] : [`pulumi stack init ${stack}`]),
    ...secrets
      .filter((key) => !file.keeps(key))
      .map((key) => `${setSecretCommand(`delivery:${key}`)} --stack ${stack}`),
    ...parts.map(([, token]) => `export ${token}=...`),
    `npx --no delivery doctor --stack ${stack}`,
    `npx --no delivery preview --stack ${stack}`,
  ];
}
