/** Texts of a team's own reach CircleCI's file as they are: quoted by YAML, and never read as an expression. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { applicationFacts } from "../../infra/application/facts.ts";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";
import { shellText } from "../../pipeline/shell-text.ts";

const SETTINGS = { context: "site-prod", contextVariables: "managed" as const, branch: "main" };
/** Whatever YAML, CircleCI or a shell might take for its own. */
const text = fc
  .array(
    fc.constantFrom(
      "<<",
      ">>",
      "'",
      '"',
      "\n",
      ": ",
      "#",
      "$",
      "{{",
      "- ",
      "&",
      "*",
      "!",
      "%",
      "@",
      "`",
      "a",
      " ",
      "0",
      "\\",
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((pieces) => `x${pieces.join("")}`);

interface File {
  readonly executors: Record<string, { docker: { environment?: Record<string, string>; command?: string[] }[] }>;
  readonly jobs: Record<string, { environment?: Record<string, string>; steps: unknown[] }>;
}

describe("texts of a team's own in CircleCI's file", () => {
  for (const [given, written] of [
    ["a << b", "a \\<< b"],
    ["a \\<< b", "a \\<< b"],
    ["<<<<", "\\<<\\<<"],
    ["\\<<<<", "\\<<\\<<"],
  ] as const)
    it(`write ${given} as ${written}`, () => assert.equal(shellText(given), written));

  it("are what they were, and no expression", () => {
    fc.assert(
      fc.property(text, text, text, (value, command, name) => {
        const { yaml } = pipelineFile(
          {
            ...SETTINGS,
            variables: { VALUE: value },
            jobs: { test: { steps: [{ name, command }], install: true } },
            services: { docker: [{ image: "cimg/mysql:8.0", command: [command], environment: { VALUE: value } }] },
          },
          { image: undefined, errors: undefined },
          { facts: applicationFacts({ paths: [], text: () => undefined }) },
        );
        const { executors, jobs } = parse(yaml) as File;
        const beside = executors["python-with-services"]?.docker[1];
        const shown = [
          jobs["test"]?.environment?.["VALUE"],
          beside?.environment?.["VALUE"],
          beside?.command?.[0],
          ...Object.values((jobs["test"]?.steps.at(-1) as { run?: Record<string, string> } | undefined)?.run ?? {}),
        ];
        assert.deepEqual(shown, [value, value, command, name, command].map(shellText));
        assert.doesNotMatch(JSON.stringify(shown), /(?<!\\)<</);
      }),
    );
  });
});
