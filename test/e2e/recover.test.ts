/** An engine that is killed while it creates, updates or deletes; then `delivery recover`, then `up`. */
import assert from "node:assert/strict";
import { pulumiUp } from "../../sandbox/pulumi.ts";
import { killWhen } from "./recover/killed-engine.ts";
import { type Counts, type Fault, RecoverWorld } from "./recover/world.ts";

const UP = ["up", "--yes", "--skip-preview"];

/** A call that makes an object, and where the object is counted. */
type Creation = Pick<Fault, "service" | "method" | "path"> & { readonly counted: string; readonly when?: "before" };

const REPOSITORY = {
  service: "github",
  method: "POST",
  path: "/api/v3/orgs/*/repos",
  counted: "repositories",
} as const;
const FILE = { service: "github", method: "PUT", path: "/api/v3/repos/**/contents/**", counted: "commits" } as const;
const RULESET = { service: "github", method: "POST", path: "/api/v3/repos/*/*/rulesets", counted: "rulesets" } as const;
const TEAM = { service: "sentry", method: "POST", path: "/api/0/organizations/*/teams/", counted: "teams" } as const;
const PROJECT = { service: "sentry", method: "POST", path: "/api/0/teams/*/*/projects/", counted: "projects" } as const;
const KEY = { service: "sentry", method: "POST", path: "/api/0/projects/*/*/keys/", counted: "keys" } as const;
const FOLLOW = {
  service: "circleci",
  method: "POST",
  path: "/api/v1.1/project/**/follow",
  counted: "projects",
} as const;
const CONTEXT = { service: "circleci", method: "POST", path: "/api/v2/context", counted: "contexts" } as const;
const CREDENTIAL = {
  service: "render",
  method: "POST",
  path: "/v1/registrycredentials",
  counted: "registryCredentials",
} as const;
const SERVICE = { service: "render", method: "POST", path: "/v1/services", counted: "services" } as const;
const variable = (name: string) =>
  ({
    service: "circleci",
    method: "PUT",
    path: `/api/v2/context/*/environment-variable/${name}`,
    counted: "contextVariables",
  }) as const;

/** What is created at the same time, in the order of the chain. The two files are written one after the other. */
const ROUNDS: readonly (readonly Creation[])[] = [
  [REPOSITORY, TEAM, CONTEXT, { ...CREDENTIAL, when: "before" }],
  [FILE, PROJECT, variable("SENTRY_ENVIRONMENT"), CREDENTIAL],
  [FILE, KEY],
  [RULESET, variable("SENTRY_DSN"), SERVICE],
  [FOLLOW],
];

describe("delivery recover, end to end", function () {
  this.timeout(300_000);
  let world: RecoverWorld;
  before(async () => {
    world = await RecoverWorld.open();
  });
  after(async () => {
    await world?.close();
  });
  afterEach(() => world.clearFaults());

  const count = (counts: Counts, { service, counted }: Creation): number => counts[service]?.[counted] ?? 0;

  /** Kills an `up` when each of these calls has taken effect, or has arrived, and none is answered. */
  const killDuring = async (creations: readonly Creation[], builds: boolean): Promise<void> => {
    const before = await world.counts();
    for (const { counted: _counted, ...call } of creations)
      await world.fault({ when: "after", ...call, action: { delayMs: 600_000 } });
    await world.holdBuilds(builds);
    await killWhen(world.home, UP, async () => {
      const now = await world.counts();
      const effects = creations.filter(({ when }) => when !== "before");
      return (
        (await world.faultsHit()) === creations.length &&
        effects.every((creation) => count(now, creation) > count(before, creation)) &&
        (!builds || now["docker"]?.["builds"] === 1)
      );
    });
    await world.holdBuilds(false);
    await world.clearFaults();
  };

  /** Recovers and gives what was decided, by type token. */
  const recover = async (...args: string[]): Promise<{ urn: string; action: string; id?: string }[]> => {
    const { code, stdout, stderr } = await world.delivery("recover", "--yes", "--json", ...args);
    assert.equal(code, 0, stderr);
    assert.deepEqual(await world.pending(), []);
    return JSON.parse(stdout).operations;
  };

  const createdUrns = async (): Promise<string[]> => {
    const { steps } = JSON.parse(await world.succeed("preview", "--json")) as {
      steps: { op: string; urn: string; newState: { custom: boolean; type: string } }[];
    };
    return steps
      .filter(({ newState: { custom, type } }) => custom && !type.startsWith("pulumi:"))
      .map(({ urn }) => urn)
      .sort();
  };

  it("doubles nothing when the engine is killed at each create", async () => {
    const urns = await createdUrns();
    const killedAt = new Set<string>();
    for (const [index, creations] of ROUNDS.entries()) {
      await killDuring(creations, index === 0);
      const pending = await world.pending();
      for (const { resource } of pending) killedAt.add(resource.urn);
      const before = await world.counts();
      await assert.rejects(pulumiUp(world.home), /interrupted .*npx delivery recover/s, "the scripts refuse `up`");

      const operations = await recover();
      assert.deepEqual(await world.counts(), before, "recovery itself makes nothing");
      const imported = operations.filter(({ action }) => action === "import");
      const made = creations.filter(({ when }) => when !== "before");
      assert.equal(imported.length, made.length, JSON.stringify(operations));
    }
    assert.deepEqual([...killedAt].sort(), urns, "every create of the chain was interrupted");

    await world.succeed(...UP);
    const counts = await world.counts();
    for (const creation of ROUNDS.flat()) {
      const expected = { commits: 3, contextVariables: 2, keys: 2 }[creation.counted as string] ?? 1;
      assert.equal(count(counts, creation), expected, `${creation.service} ${creation.counted}`);
    }
    await world.succeed("preview", "--diff", "--expect-no-changes");
  });

  it("finds nothing to do on a whole stack", async () => {
    assert.deepEqual(await recover(), []);
  });
});
