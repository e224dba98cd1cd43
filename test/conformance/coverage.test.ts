import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { circleciProvider } from "../../providers/circleci/plugin/provider.ts";
import type { ProviderDefinition } from "../../providers/kit/resource.ts";
import { packageSchema } from "../../providers/kit/schema.ts";
import { renderProvider } from "../../providers/render/plugin/provider.ts";
import { circleciExercises } from "./run/circleci.ts";
import type { Exercise, Made } from "./run/exercise.ts";
import { renderExercises } from "./run/render.ts";

/** Only the names of inputs count here, not what they are made of. */
const made: Made = () => ({ id: "an id", inputs: {}, outputs: {} });

/** The inputs that a provider's resources take, as `token input`. */
function declarable<Client>(provider: ProviderDefinition<Client>): string[] {
  const { resources } = packageSchema(provider) as {
    resources: Record<string, { inputProperties: Record<string, unknown> }>;
  };
  return Object.entries(resources).flatMap(([token, { inputProperties }]) =>
    Object.keys(inputProperties).map((name) => `${token} ${name}`),
  );
}

function exercised(exercises: readonly Exercise[]): Set<string> {
  const names = exercises.flatMap(({ token, inputs, changes }) =>
    [inputs, ...changes].flatMap((values) => Object.keys(values(made)).map((name) => `${token} ${name}`)),
  );
  return new Set(names);
}

describe("the run whose traffic is checked", () => {
  for (const [name, inputs, exercises] of [
    ["Render", declarable(renderProvider), renderExercises("tea-1")],
    ["CircleCI", declarable(circleciProvider), circleciExercises("circleci/1")],
  ] as const) {
    it(`sets every input of every resource of the ${name} provider`, () => {
      const seen = exercised(exercises);
      assert.notDeepEqual(inputs, []);
      assert.deepEqual(
        inputs.filter((input) => !seen.has(input)),
        [],
      );
    });
  }
});
