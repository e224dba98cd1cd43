/** The snapshot before it is compared: each secret is a placeholder. */
import { PLAIN_VARIABLES, pipelineAddresses, REQUIRED_TOKENS, TOKEN_VARIABLES } from "./clean-environment.ts";
import type { Placeholders } from "./placeholder.ts";
import type { RealStack } from "./real-stack.ts";
import type { KnownSecret } from "./scan.ts";
import { sealedState } from "./sealed-state.ts";
import { pathText } from "./secret-value.ts";
import { withLocalReference } from "./shared-stack.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";
import { digestOf } from "./stack-settings.ts";

/** Makes it. */
export function draftOf(real: RealStack, engine: string, placeholder: Placeholders): Snapshot {
  const text = (value: string): string => String(placeholder(value));
  const { project, stack, commit, shared, answers } = real;
  const state = sealedState(real.state, placeholder);
  return snapshotOf({
    project,
    stack,
    engine,
    sealedAt: new Date().toISOString(),
    ...(commit && { commit }),
    settings: real.secretSettings.map(({ setting: { path, ciphertext }, value }) => ({
      path: [...path],
      ciphertext: digestOf(ciphertext),
      placeholder: text(value),
    })),
    environment: sealedEnvironment(real.environment, text),
    buildSecrets: Object.fromEntries([...real.buildSecrets].map(([keeper, value]) => [keeper, text(value)])),
    answers,
    ...(shared && { shared }),
    state: shared ? withLocalReference(state, shared.name) : state,
  });
}

/** The secrets that are no part of the state: settings, build secrets and tokens. */
export function secretsAround({ secretSettings, buildSecrets, environment }: RealStack): KnownSecret[] {
  return [
    ...secretSettings.map(({ setting, value }) => ({ name: `the setting ${pathText(setting.path)}`, value })),
    ...[...buildSecrets].map(([keeper, value]) => ({ name: `the build's secret in the ${keeper}`, value })),
    ...TOKEN_VARIABLES.map((name) => ({ name: `the token in ${name}`, value: environment[name] ?? "" })),
  ];
}

/** The program and its plugins ask for a token of each service, also where a branch turns a service on. */
function sealedEnvironment(env: NodeJS.ProcessEnv, text: (value: string) => string): Record<string, string> {
  const tokens = TOKEN_VARIABLES.filter((name) => env[name] || REQUIRED_TOKENS.includes(name));
  const plain = PLAIN_VARIABLES.filter((name) => env[name]);
  return Object.fromEntries([
    ...Object.entries(pipelineAddresses(env)),
    ...tokens.map((name) => [name, text(env[name] || `no ${name}`)]),
    ...plain.map((name) => [name, env[name]]),
  ]);
}
