/** What CircleCI says is not there: when it is believed, and when it is not. */
import assert from "node:assert/strict";
import {
  CHECKOUT_KEY,
  type CircleciWorld,
  CONTEXT,
  CONTEXT_RESTRICTION,
  CONTEXT_VARIABLE,
  PROJECT,
  PROJECT_VARIABLE,
  startCircleciWorld,
} from "./circleci-world.ts";
import type { State } from "./harness.ts";

const GONE = { status: 403, body: { message: "You don't have permission to view that context." } };
const ABSENT = { status: 404, body: { message: "Not found." } };

describe("circleci: what is said to be gone", () => {
  let world: CircleciWorld;
  before(async () => {
    world = await startCircleciWorld();
  });
  after(() => world.stop());

  let context: State;
  let parts: readonly (readonly [token: string, made: State])[];
  beforeEach(async () => {
    await world.reset();
    const { plugin } = world;
    context = await plugin.create(CONTEXT, { name: "production", organization: "gh/acme" });
    const contextId = context.id;
    const variable = { contextId, name: "TOKEN", value: "value-1" };
    const restriction = { contextId, type: "expression", value: "true" };
    parts = [
      [CONTEXT_VARIABLE, await plugin.create(CONTEXT_VARIABLE, variable)],
      [CONTEXT_RESTRICTION, await plugin.create(CONTEXT_RESTRICTION, restriction)],
    ];
    await world.writes();
  });

  it("is believed of a context that its organization does not list, and of what belonged to it", async () => {
    await world.api("DELETE", `/v2/context/${context.id}`);
    for (const [token, made] of [[CONTEXT, context] as const, ...parts]) {
      assert.equal(await world.plugin.read(token, made), undefined, `${token} is gone`);
      await world.plugin.delete(token, made);
    }
  });

  it("is not believed of a context that its organization lists", async () => {
    await world.fault({ path: `/api/v2/context/${context.id}`, times: "always", action: GONE });
    assert.deepEqual(await world.refreshed(CONTEXT, context), context);
    await assert.rejects(world.plugin.delete(CONTEXT, context), /answered 403.*The token in CIRCLE_TOKEN may not do/);
    await world.fault({ path: `/api/v2/context/${context.id}/*`, times: "always", action: GONE });
    for (const [token, made] of parts)
      await assert.rejects(world.plugin.read(token, made), /answered 403.*The token in CIRCLE_TOKEN may not do this/);
    assert.equal((await world.state())["contextVariables"], 1);
  });

  it("is not believed while the organization's contexts cannot be seen", async () => {
    for (const refused of [GONE, ABSENT]) {
      await world.reset();
      context = await world.plugin.create(CONTEXT, { name: "production", organization: "gh/acme" });
      await world.fault({ path: `/api/v2/context/${context.id}`, times: "always", action: GONE });
      await world.fault({ path: "/api/v2/context", times: "always", action: refused });
      const message = new RegExp(`CircleCI GET /api/v2/context answered ${refused.status}`);
      await assert.rejects(world.plugin.read(CONTEXT, context), message);
      await assert.rejects(world.plugin.delete(CONTEXT, context), message);
      const orphan = { id: `${context.id}/TOKEN`, inputs: { contextId: context.id, name: "TOKEN", value: "v" } };
      await world.fault({ path: `/api/v2/context/${context.id}/*`, times: "always", action: GONE });
      await assert.rejects(world.plugin.read(CONTEXT_VARIABLE, { ...orphan, outputs: orphan.inputs }), message);
    }
  });

  it("is told as it is, without a word about the token, by a write below a context that is gone", async () => {
    await world.api("DELETE", `/v2/context/${context.id}`);
    const variable = { contextId: context.id, name: "OTHER", value: "value-1" };
    const restriction = { contextId: context.id, type: "expression", value: "false" };
    const [made] = parts.map(([, state]) => state);
    assert.ok(made);
    for (const writing of [
      world.plugin.create(CONTEXT_VARIABLE, variable),
      world.plugin.create(CONTEXT_RESTRICTION, restriction),
      world.plugin.update(CONTEXT_VARIABLE, made, { ...variable, name: "TOKEN" }),
    ])
      await assert.rejects(writing, (error: Error) => {
        assert.match(error.message, new RegExp(`the CircleCI context ${context.id} is gone. Run .pulumi refresh`));
        assert.doesNotMatch(error.message, /CIRCLE_TOKEN/);
        return true;
      });
  });

  it("is not believed of a project that the user's list of projects holds", async () => {
    const project = await world.plugin.create(PROJECT, { slug: "gh/acme/site" });
    const variable = await world.plugin.create(PROJECT_VARIABLE, { project: project.id, name: "A", value: "1234567" });
    const key = await world.plugin.create(CHECKOUT_KEY, { project: project.id });
    await world.fault({ path: "/api/v2/project/gh/acme/site**", times: "always", action: ABSENT });
    for (const [token, made] of [
      [PROJECT, project],
      [PROJECT_VARIABLE, variable],
      [CHECKOUT_KEY, key],
    ] as const) {
      await assert.rejects(
        world.plugin.read(token, made),
        /lists the project gh\/acme\/site.*nothing is taken for gone/,
      );
      await assert.rejects(world.plugin.delete(token, made), /nothing is taken for gone/);
    }
    assert.equal((await world.state())["projects"], 1);
  });
});

describe("circleci: the two spellings of a slug", () => {
  let world: CircleciWorld;
  before(async () => {
    world = await startCircleciWorld();
  });
  after(() => world.stop());

  const id = "11111111-2222-4333-8444-555555555555";
  const spellings: readonly [string, string][] = [
    ["gh", "github"],
    ["github", "gh"],
    ["bb", "bitbucket"],
    ["bitbucket", "bb"],
  ];
  const declarations: readonly [token: string, declared: (host: string, name?: string) => Record<string, unknown>][] = [
    [PROJECT, (host, name = "acme") => ({ slug: `${host}/${name}/site` })],
    [CONTEXT, (host, name = "acme") => ({ name: "production", organization: `${host}/${name}` })],
    [CHECKOUT_KEY, (host, name = "acme") => ({ project: `${host}/${name}/site` })],
    [PROJECT_VARIABLE, (host, name = "acme") => ({ project: `${host}/${name}/site`, name: "A", value: "1234" })],
  ];
  for (const [token, declared] of declarations)
    it(`are no change of a ${token.split(":")[2]}; other capitals are`, async () => {
      for (const [before, now] of spellings) {
        const inputs = await world.plugin.checked(token, declared(before) as never);
        const recorded: State = { id, inputs, outputs: inputs };
        assert.deepEqual(await world.changes(token, recorded, declared(now) as never), {}, `${before} -> ${now}`);
        const changes = await world.changes(token, recorded, declared(now, "Acme") as never);
        assert.deepEqual(Object.values(changes), ["update-replace"]);
      }
    });

  it("find the same objects", async () => {
    const made = await world.plugin.create(PROJECT, { slug: "github/acme/site" });
    assert.deepEqual(await world.refreshed(PROJECT, made), made);
    await assert.rejects(world.plugin.create(PROJECT, { slug: "gh/acme/site" }), /exists already/);
    const variable = { project: "gh/acme/site", name: "TOKEN", value: "value-1234" };
    await world.plugin.create(PROJECT_VARIABLE, { ...variable, project: "github/acme/site" });
    await assert.rejects(world.plugin.create(PROJECT_VARIABLE, variable), /exists already/);
    await world.plugin.delete(PROJECT, made);
    assert.equal(await world.plugin.read(PROJECT, made), undefined);
  });
});
