import assert from "node:assert/strict";
import { type Around, meant } from "../../cli/adopt/around.ts";
import { encryptVariables } from "../../cli/adopt/secrets.ts";
import { contextsIn } from "../../cli/adopt/services/circleci-context.ts";
import { imageSettings } from "../../cli/adopt/services/render-image.ts";
import type { Deploy } from "../../providers/render/plugin/api/answers.ts";
import type { ObservedService } from "../../providers/render/plugin/service/observe.ts";

describe("adopt: which one is meant", () => {
  const choose = (...names: string[]) =>
    meant(
      "service",
      "--service",
      "site",
      names.map((name) => ({ name, item: name })),
    )?.item;

  it("is the one of the name, else the only one whose name holds it", () => {
    assert.equal(choose("site", "site-live", "other"), "site");
    assert.equal(choose("our-site-live", "other"), "our-site-live");
    assert.equal(choose("other"), undefined);
  });

  it("is asked for when it is not clear, with the candidates and the flag", () => {
    assert.throws(() => choose("site-live", "site-test"), /site-live, site-test(.|\n)*--service/);
  });
});

describe("adopt: the contexts of a pipeline", () => {
  it("are those that its jobs ask for, in either form", () => {
    const pipeline = `
jobs: { build: { context: not-a-workflow } }
workflows:
  all:
    jobs:
      - test
      - build: { context: one }
      - deploy:
          context: [two, "three"]
`;
    assert.deepEqual([...contextsIn(pipeline)].sort(), ["one", "three", "two"]);
  });

  it("are none of what is no pipeline", () => {
    for (const text of ["", "a: [", "- 1", "workflows: 3"]) assert.equal(contextsIn(text).size, 0);
  });
});

describe("adopt: how the image comes to run", () => {
  const deploy = (trigger: string, minute: number): Deploy => ({
    id: `dep-${minute}`,
    status: "live",
    trigger,
    createdAt: new Date(minute * 60_000).toISOString(),
  });
  const settings = (
    imagePath: string,
    {
      deploys = [deploy("api", 1)],
      configured = {},
      state = [],
    }: {
      readonly deploys?: readonly Deploy[];
      readonly configured?: Readonly<Record<string, unknown>>;
      readonly state?: readonly string[];
    } = {},
  ) => {
    const around = {
      configured: (key: string) => configured[key],
      isInState: (name: string) => state.includes(name),
    } as unknown as Around;
    const observed = { service: { imagePath }, deploys: {} } as unknown as ObservedService;
    return Object.fromEntries(imageSettings(around, observed, deploys).map(({ key, value }) => [key, value]));
  };
  const image = (repository: string, delivery: string, tag: string) => ({
    "image.repository": repository,
    "image.delivery": delivery,
    "image.tag": tag,
  });

  it("pins a tag that names one image", () => {
    assert.deepEqual(settings("docker.io/acme/site:v1.2.3"), image("acme/site", "pinned", "v1.2.3"));
    assert.deepEqual(settings("localhost:5000/acme/site:3f2a"), image("localhost:5000/acme/site", "pinned", "3f2a"));
  });

  it("leaves a tag that moves, a digest, and what a program deploys, to whoever deploys", () => {
    assert.deepEqual(settings("acme/site"), image("acme/site", "continuous", "latest"));
    assert.deepEqual(settings("acme/site:main"), image("acme/site", "continuous", "main"));
    const digest = `sha256:${"0".repeat(64)}`;
    assert.deepEqual(settings(`ghcr.io/acme/site@${digest}`), image("ghcr.io/acme/site", "continuous", "latest"));
    const deploys = [deploy("deploy_hook", 2), deploy("api", 1)];
    assert.deepEqual(settings("acme/site:3f2a", { deploys }), image("acme/site", "continuous", "3f2a"));
  });

  it("stays what the team has chosen", () => {
    const chosen = { "image.delivery": "pinned" };
    assert.deepEqual(settings("acme/site:main", { configured: chosen, state: ["site"] }), {
      "image.repository": "acme/site",
    });
    assert.deepEqual(settings("acme/site:main", { state: ["site", "image"] }), { "image.repository": "acme/site" });
    assert.equal(settings("acme/site:main", { configured: chosen })["image.delivery"], "continuous");
  });
});

describe("adopt: secret variables", () => {
  it("are given to the engine by standard input, as they are, and stand in no argument", async () => {
    const runs: { input: string | undefined; args: readonly string[] }[] = [];
    const pulumi = {
      async runWith({ input }: { readonly input?: string }, ...args: readonly string[]) {
        runs.push({ input, args });
        return { code: 0, stdout: "", stderr: "" };
      },
    };
    await encryptVariables(pulumi, new Map([["KEY", "hidden\n"]]));
    assert.deepEqual(
      runs.map(({ input, args }) => [input, args.at(-1)]),
      [["hidden\n", "delivery:secretVariables.KEY"]],
    );
    assert.ok(!runs.flatMap(({ args }) => args).some((argument) => argument.includes("hidden")));
  });
});
