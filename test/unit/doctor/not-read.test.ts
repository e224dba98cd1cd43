import assert from "node:assert/strict";
import { notRead } from "../../../cli/doctor/not-read.ts";

describe("a configuration that doctor cannot read", () => {
  const told: [failure: string, stack: string | undefined, fix: RegExp][] = [
    ["No stack is selected.", undefined, /--stack/],
    ["no stack named 'nope' found", "nope", /--stack.*stack ls/],
    [
      "invalid YAML file: could not unmarshal map: json: unsupported value: +Inf",
      "prod",
      /^Pulumi\.prod\.yaml .*quotes/,
    ],
    ["json: error calling MarshalJSON for type config.object: json: unsupported value: NaN", "prod", /in quotes/],
    ["invalid YAML file: yaml: line 3: found unexpected end of stream", "prod", /^Fix the YAML of Pulumi\.prod\.yaml/],
    ["could not validate Pulumi.yaml", "prod", /^Fix what it names, in Pulumi\.prod\.yaml or in Pulumi\.yaml/],
  ];
  for (const [failure, stack, fix] of told)
    it(`tells what to do about "${failure}"`, () => {
      const { problem, mend } = notRead(failure, stack);
      assert.ok(problem.endsWith(failure));
      assert.match(mend, fix);
    });
});
