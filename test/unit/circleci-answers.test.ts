/** What CircleCI's answers may lack, null, add and spell anew, and what not. */
import assert from "node:assert/strict";
import type { z } from "zod";
import * as read from "../../providers/circleci/plugin/answers.ts";
import { readAnswer, UnreadableAnswerError } from "../../providers/kit/answer.ts";

interface Read {
  readonly schema: z.ZodType;
  /** An answer with every field that the description knows. */
  readonly sample: unknown;
  /** What has to be there, as the message names it; all else may be missing. */
  readonly needed: readonly string[];
}

const TIME = "2026-01-01T00:00:00.000Z";
const repository = () => ({ full_name: "acme/site", external_id: "1001" });

const answers: Readonly<Record<string, Read>> = {
  project: {
    schema: read.projectAnswer,
    sample: {
      slug: "gh/acme/site",
      name: "site",
      id: "p-1",
      organization_name: "acme",
      organization_slug: "gh/acme",
      organization_id: "o-1",
      vcs_info: { vcs_url: "https://github.com/acme/site", provider: "GitHub", default_branch: "main" },
    },
    needed: ["slug", "id"],
  },
  settings: {
    schema: read.settingsAnswer,
    sample: { advanced: { build_fork_prs: true, oss: false, pr_only_branch_overrides: ["main"] } },
    needed: ["advanced", "advanced.pr_only_branch_overrides[0]"],
  },
  "followed projects": {
    schema: read.followedAnswer,
    sample: [{ vcs_type: "circleci", vcs_url: "//circleci.com/o-1/p-1", username: "acme", reponame: "site" }],
    needed: ["[0]"],
  },
  collaborations: {
    schema: read.collaborationsAnswer,
    sample: [{ id: "o-1", vcs_type: "github", name: "acme", avatar_url: "https://a.example", slug: "gh/acme" }],
    needed: ["[0]", "[0].slug"],
  },
  context: {
    schema: read.contextAnswer,
    sample: { id: "c-1", name: "production", created_at: TIME },
    needed: ["id", "name"],
  },
  "context variable": {
    schema: read.contextVariableAnswer,
    sample: { variable: "TOKEN", created_at: TIME, updated_at: TIME, context_id: "c-1", truncated_value: "xxxx" },
    needed: ["variable"],
  },
  "context restriction": {
    schema: read.restrictionAnswer,
    sample: {
      id: "r-1",
      context_id: "c-1",
      project_id: "p-1",
      name: "site",
      restriction_type: "project",
      restriction_value: "p-1",
    },
    needed: ["id"],
  },
  "checkout key": {
    schema: read.checkoutKeyAnswer,
    sample: {
      public_key: "ssh-ed25519 A",
      type: "deploy-key",
      fingerprint: "c9:0b",
      preferred: true,
      created_at: TIME,
    },
    needed: ["type", "fingerprint"],
  },
  "project variable": {
    schema: read.projectVariableAnswer,
    sample: { name: "TOKEN", value: "xxxx1234", created_at: TIME },
    needed: ["name"],
  },
  "pipeline definition": {
    schema: read.definitionAnswer,
    sample: {
      id: "d-1",
      name: "delivery",
      description: "Tests",
      created_at: TIME,
      config_source: { provider: "github_app", repo: repository(), file_path: ".circleci/config.yml" },
      checkout_source: { provider: "github_app", repo: repository() },
    },
    needed: ["id"],
  },
  trigger: {
    schema: read.triggerAnswer,
    sample: {
      id: "t-1",
      event_name: "release",
      created_at: TIME,
      event_source: {
        provider: "webhook",
        repo: repository(),
        webhook: { url: "https://hook.example", sender: "registry" },
      },
      event_preset: "all-pushes",
      checkout_ref: "main",
      config_ref: "main",
      disabled: false,
    },
    needed: ["id"],
  },
};

describe("CircleCI's answers", () => {
  for (const [what, { schema, sample, needed }] of Object.entries(answers))
    describe(what, () => {
      const request = { service: "CircleCI", method: "GET", path: "/api/v2/it" };
      const failing = (change: (copy: Box, path: Path) => void): string[] =>
        pathsIn(sample, []).flatMap((path) => {
          const copy: Box = { body: structuredClone(sample) };
          change(copy, path);
          try {
            readAnswer(schema, copy.body, request);
            return [];
          } catch (error) {
            assert.ok(error instanceof UnreadableAnswerError, String(error));
            assert.equal(error.field, nameOf(path));
            return [nameOf(path)];
          }
        });
      // Of a list an item cannot be absent, only null.
      const fields = needed.filter((path) => !path.endsWith("]"));

      it("is read as it is, and with fields that nobody knows", () => {
        readAnswer(schema, sample, request);
        assert.deepEqual(failing(addField), []);
      });

      it(`needs ${needed.join(", ")}`, () => {
        assert.deepEqual(failing(drop).sort(), [...fields].sort());
        assert.deepEqual(failing(nullify).sort(), [...needed].sort());
      });

      it("takes texts that it does not know", () => {
        const unknown = failing((copy, path) => {
          if (typeof at(copy, path) === "string") put(copy, path, "something-new");
        });
        assert.deepEqual(unknown, []);
      });
    });

  it("are read in either spelling, and with a repository's number as a number", () => {
    const { "created-at": _, ...key } = {
      "public-key": "ssh",
      type: "deploy-key",
      fingerprint: "c9",
      "created-at": TIME,
    };
    const both = read.checkoutKeyAnswer.parse({ ...key, "created-at": TIME });
    assert.deepEqual([both.public_key, both.created_at], ["ssh", TIME]);
    const definition = { id: "d-1", checkout_source: { repo: { external_id: 1001 } } };
    assert.equal(read.definitionAnswer.parse(definition).checkout_source?.repo?.external_id, "1001");
  });
});

type Path = readonly (string | number)[];
interface Box {
  body: unknown;
}

function pathsIn(value: unknown, path: Path): Path[] {
  if (typeof value !== "object" || value === null) return path.length === 0 ? [] : [path];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    pathsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function nameOf(path: Path): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return text.replace(/^\./, "");
}

function at(box: Box, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<string | number, unknown>)[part], box.body);
}

function put(box: Box, path: Path, value: unknown): void {
  const holder = at(box, path.slice(0, -1)) as Record<string | number, unknown>;
  holder[path.at(-1) ?? ""] = value;
}

function nullify(box: Box, path: Path): void {
  put(box, path, null);
}

function drop(box: Box, path: Path): void {
  const holder = at(box, path.slice(0, -1)) as Record<string, unknown> | unknown[];
  if (!Array.isArray(holder)) delete holder[String(path.at(-1))];
}

function addField(box: Box, path: Path): void {
  const value = at(box, path);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    put(box, path, { ...value, new_field: [1] });
}
