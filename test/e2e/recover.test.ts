/** An engine that is killed while it creates, updates or deletes; then `delivery recover`, then `up`. */
import assert from "node:assert/strict";
import { pulumiUp } from "../../sandbox/pulumi.ts";
import {
  type Creation,
  context,
  count,
  credential,
  database,
  environment,
  file,
  follow,
  hosting,
  key,
  project,
  repository,
  restriction,
  ruleset,
  service,
  team,
  variable,
} from "./recover/creations.ts";
import { killWhen } from "./recover/killed-engine.ts";
import { RecoverWorld } from "./recover/world.ts";

const UP = ["up", "--yes", "--skip-preview"];

/** What is under way when the engine is killed. */
interface Round {
  readonly title: string;
  /** Calls that have taken effect, and whose answers never come. */
  readonly made: readonly Creation[];
  /** Calls that never take effect. */
  readonly lost?: readonly Creation[];
  readonly building?: boolean;
}

/** In the order of the chain. */
const ROUNDS: readonly Round[] = [
  {
    title: "repository, team, context, Render project, image",
    made: [repository, team, context, hosting],
    lost: [credential],
    building: true,
  },
  {
    title: "file, Sentry project, variable, credential, environment",
    made: [file, project, variable("SENTRY_ENVIRONMENT"), credential, environment],
  },
  { title: "ruleset, key, database", made: [ruleset, key, database] },
  { title: "pipeline, another variable, service", made: [follow, variable("SENTRY_DSN"), service] },
  { title: "restriction", made: [restriction] },
];

const isSwitch = (urn: string): boolean => urn.includes("repositoryVulnerabilityAlerts");

interface Operation {
  readonly urn: string;
  readonly action: string;
  readonly id?: string;
}

describe("delivery recover, end to end", function () {
  this.timeout(900_000);
  let world: RecoverWorld;
  /** URNs of all that the chain creates, and of the creates during which the engine was killed. */
  let created: string[];
  const killedAt = new Set<string>();
  before(async () => {
    world = await RecoverWorld.open();
    const plan = ["delivery:database.plan=basic_256mb", "delivery:database.version=17"];
    await world.chain.succeed("config", "set-all", "--path", ...plan.flatMap((setting) => ["--plaintext", setting]));
    const { steps } = JSON.parse(await world.chain.succeed("preview", "--json")) as {
      steps: { urn: string; newState: { custom: boolean; type: string } }[];
    };
    const own = steps.filter(({ newState: { custom, type } }) => custom && !type.startsWith("pulumi:"));
    // GitHub's plugin writes one after another, so whether its switch of alerts is under way at a kill is by chance.
    created = own
      .map(({ urn }) => urn)
      .filter((urn) => !isSwitch(urn))
      .sort();
  });
  afterEach(() => world.release());
  after(async () => {
    await world?.chain.close();
  });

  /** Kills an `up` when all calls of the round are under way. */
  const killDuring = async ({ made, lost = [], building = false }: Round): Promise<void> => {
    const before = await world.chain.console.state();
    for (const call of made) await world.withholdAnswer(call, "after");
    for (const call of lost) await world.withholdAnswer(call, "before");
    if (building) await world.holdBuilds();
    await killWhen(world.killable, UP, async () => {
      const now = await world.chain.console.state();
      const effective = made.every((creation) => count(now, creation) > count(before, creation));
      const hit = await world.chain.console.faultsHit();
      return effective && hit === made.length + lost.length && (!building || (await world.isBuilding()));
    });
    await world.release();
  };

  const recover = async (): Promise<readonly Operation[]> => {
    const { code, stdout, stderr } = await world.delivery("recover", "--yes", "--json");
    assert.equal(code, 0, stderr);
    assert.deepEqual(await world.pending(), []);
    return JSON.parse(stdout).operations;
  };

  const nothingIsLeft = async (): Promise<void> => {
    for (const [name, kinds] of Object.entries(await world.chain.console.state())) {
      assert.deepEqual(
        Object.keys(kinds).filter((kind) => kinds[kind] !== 0),
        [],
        name,
      );
    }
  };

  for (const round of ROUNDS) {
    it(`imports what was made, and makes nothing, after a kill at: ${round.title}`, async () => {
      await killDuring(round);
      for (const { resource } of await world.pending()) killedAt.add(resource.urn);
      const before = await world.chain.console.state();
      await assert.rejects(pulumiUp(world.home), /npx --no delivery recover/);
      if (round.made.includes(key)) await stopsWhereItCannotTell();

      const operations = await recover();
      const imported = operations.filter(({ action }) => action === "import");
      assert.equal(imported.length, round.made.length, JSON.stringify(operations));
      assert.deepEqual(await world.chain.console.state(), before);
    });
  }

  /** While there are two keys of the name, either may be the chain's. */
  const stopsWhereItCannotTell = async (): Promise<void> => {
    const keys = "projects/acme/site/keys/";
    const { id } = (await world.sentry("POST", keys, { name: "sandbox" })) as { id: string };
    const before = await world.pending();
    const { code, stderr } = await world.delivery("recover", "--yes");
    assert.equal(code, 1);
    assert.match(stderr, /Sentry key "sandbox"\n.*any of .*acme\/site\/\w+.*acme\/site\/\w+/);
    assert.match(stderr, new RegExp(`--import 'urn:.*::errors-key=acme/site/${id}'`));
    assert.deepEqual(await world.pending(), before);
    await world.sentry("DELETE", `${keys}${id}/`);
  };

  it("has doubled nothing in the end, and a further preview changes nothing", async () => {
    assert.deepEqual(
      [...killedAt].filter((urn) => !isSwitch(urn)).sort(),
      created,
      "the engine was killed at every create of the chain",
    );
    await world.chain.succeed(...UP);
    const counts = await world.chain.console.state();
    for (const creation of ROUNDS.flatMap(({ made }) => made)) {
      assert.equal(count(counts, creation), creation.inTheEnd, `${creation.service} ${creation.counted}`);
    }
    await world.chain.succeed("preview", "--diff", "--expect-no-changes");
    assert.deepEqual(await recover(), [], "nothing is left to recover");
  });

  it("reads again what was being updated, also when the kill broke the state's attributes", async () => {
    await world.chain.succeed("config", "set", "--path", "delivery:repository.description", "Interrupted");
    await world.withholdAnswer({ service: "github", method: "PATCH", path: "/api/v3/repos/*/*" }, "after");
    await killWhen(world.killable, UP, async () => (await world.chain.console.faultsHit()) === 1);
    await world.release();
    await world.breakAttributes();
    assert.match((await world.chain.pulumi("preview")).stderr, /failed to load checkpoint/);
    assert.deepEqual(
      (await recover()).map(({ action }) => action),
      ["refresh"],
    );
    await world.chain.succeed("preview", "--expect-no-changes");
  });

  it("goes on with a `destroy --run-program` that was killed, of which the state has no mark", async () => {
    const destroy = ["destroy", "--yes", "--skip-preview", "--run-program"];
    await world.withholdAnswer({ service: "render", method: "DELETE", path: "/v1/services/*" }, "after");
    await killWhen(
      world.killable,
      destroy,
      async () => (await world.chain.console.state())["render"]?.["services"] === 0,
    );
    await world.release();
    const operations = await recover();
    assert.ok(operations.length > 0 && operations.every(({ action }) => action === "refresh"));
    await world.chain.succeed(...destroy);
    await nothingIsLeft();
    await world.chain.succeed(...UP);
  });

  it("forgets what was being deleted, so that `destroy` goes on", async () => {
    const destroy = ["destroy", "--yes", "--skip-preview"];
    await world.withholdAnswer({ service: "render", method: "DELETE", path: "/v1/services/*" }, "after");
    await killWhen(
      world.killable,
      destroy,
      async () => (await world.chain.console.state())["render"]?.["services"] === 0,
    );
    await world.release();
    const operations = await recover();
    assert.ok(operations.length > 0 && operations.every(({ action }) => action === "refresh"));
    await world.chain.succeed(...destroy);
    await nothingIsLeft();
  });

  /** What a chain makes that needs neither repository nor team. */
  const INDEPENDENT = ["image", "hosting-credential", "site-environment", "database", "context-SENTRY_ENVIRONMENT"];

  it("never takes what was there before the update that failed, and says whose it may be", async () => {
    await world.chain.call("github", "POST", "/api/v3/orgs/acme/repos", { name: "site", private: true });
    await world.sentry("POST", "organizations/acme/teams/", { name: "web", slug: "web" });
    for (const call of [repository, team]) await world.withholdAnswer(call, "before");
    const run = world.chain.pulumi(...UP);
    await world.settled(run, INDEPENDENT, 2);
    await world.release();
    assert.match((await run).stdout, /exists/);

    const { code, stderr } = await world.delivery("recover", "--yes");
    assert.equal(code, 1);
    for (const [what, id] of [
      ["GitHub repository site \\(repository in the program\\)", "repository=site"],
      ["Sentry team web \\(errors-team in the program\\)", "errors-team=acme/web"],
    ]) {
      // What was made a moment ago may be of the second in which the update began.
      assert.match(stderr, new RegExp(`${what}\n.*(before|in the very second in which) the failed update began`));
      assert.match(stderr, new RegExp(`--import 'urn:.*::${id}'`));
    }
    const held = (await world.chain.state()).resources.filter(({ id }) => id !== undefined).map(({ urn }) => urn);
    assert.deepEqual(
      held.filter((urn) => /::(repository|errors-team)$/.test(urn)),
      [],
    );
    await world.chain.call("github", "DELETE", "/api/v3/repos/acme/site");
    await world.sentry("DELETE", "teams/acme/web/");
  });

  it("takes in what an update made whose answer was cut off, from services that do not look it up themselves", async () => {
    for (const call of [repository, team]) await world.cutAnswers(call, "after");
    const run = world.chain.pulumi(...UP);
    await world.settled(run, INDEPENDENT, 2);
    await world.release();
    assert.notEqual((await run).code, 0);

    // Of the repository only the first of its calls was made, so it is not as declared: a person has to say whose it is.
    const first = await world.delivery("recover", "--yes");
    assert.equal(first.code, 1, first.stdout);
    assert.match(
      first.stderr,
      /GitHub repository site.*\n.*after the failed update began.*not as the program declares it/,
    );
    const [, urn = ""] = /--import '(\S+::repository)=site'/.exec(first.stderr) ?? [];
    const said = await world.delivery("recover", "--yes", "--import", `${urn}=site`);
    assert.equal(said.code, 0, said.stderr);
    await world.chain.succeed(...UP);
    await world.chain.succeed("preview", "--expect-no-changes");
    const counts = await world.chain.console.state();
    assert.deepEqual([count(counts, repository), count(counts, team)], [1, 1]);
  });
});
