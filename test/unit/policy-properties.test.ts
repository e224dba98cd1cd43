/** Drawn configurations that the program accepts: the rules find what is loose in them, and nothing else. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { acceptedConfiguration, type DrawnConfiguration } from "./support/drawn-configuration.ts";
import { allFindings, subjectsOf } from "./support/policy-subjects.ts";
import { openProgram, type Program } from "./support/program.ts";

const SEED = 20_261_125;
const DIGEST = `sha256:${"b".repeat(64)}`;
const SERVICE = { deployId: "dep-2", liveImage: "acme/site:live", liveDigest: DIGEST, url: "https://site.example" };

/** What holds data, by the part that declares it. */
const HOLDS_DATA = ["repository", "errors", "site"];

type Settings = Readonly<Record<string, unknown>>;

/** The rules that such a stack breaks, read from its configuration alone. */
function loose(config: DrawnConfiguration): string[] {
  const part = (name: string): Settings | undefined => {
    const settings = config[`delivery:${name}`];
    return typeof settings === "object" ? (settings as Settings) : undefined;
  };
  const [repository, pipeline, image, site] = [part("repository"), part("pipeline"), part("image"), part("site")];
  const ruleset = repository?.["ruleset"] ?? {};
  const hasRuleset = typeof ruleset === "object";
  const hasEnvironment = config["delivery:declares"] === "all";
  const hasContext = hasEnvironment && pipeline && pipeline["context"] !== "off";
  const broken: Readonly<Record<string, unknown>> = {
    "immutable-image-tag": hasEnvironment && site && image?.["delivery"] !== "build",
    "protected-data": config["delivery:production"] === false && HOLDS_DATA.some(part),
    "pull-request-reviews": repository && (!hasRuleset || (ruleset as Settings)["reviews"] === 0),
    "required-checks": repository && (!hasRuleset || !pipeline || repository["pipelineFile"] === "off"),
    "restricted-context": hasContext && pipeline["restrictContext"] === false,
    "public-visibility": repository?.["visibility"] === "public",
  };
  return Object.keys(broken).filter((rule) => broken[rule]);
}

describe("the policy pack's rules, on drawn configurations", function () {
  this.timeout(900_000);
  let program: Program;
  before(async () => {
    const call = (_: unknown, token: string) => (token.startsWith("docker:") ? { sha256Digest: DIGEST } : SERVICE);
    program = await openProgram("policy-drawn", { call });
  });
  after(() => program?.close());

  it("find what is loose in them, and nothing else", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(acceptedConfiguration({ path: program.folder, ownerId: "tea-acme" }), async (config) => {
        const { engine } = await program.run(config);
        const found = new Set(allFindings(subjectsOf(await engine.registrations())).map(({ rule }) => rule));
        assert.deepEqual([...found].sort(), loose(config).sort());
        for (const rule of found) seen.add(rule);
      }),
      { seed: SEED, numRuns: 60 },
    );
    assert.equal(seen.size, 6, "the drawings do not reach every rule that a configuration can break");
  });
});
