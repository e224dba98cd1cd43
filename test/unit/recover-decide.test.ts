import assert from "node:assert/strict";
import { decide } from "../../cli/recover/decide.ts";
import type { Answers, Decision } from "../../cli/recover/decision.ts";
import type { PendingOperation, StateResource } from "../../cli/recover/exported-stack.ts";
import type { Candidate, Recipes } from "../../cli/recover/recipe.ts";

const URN = "urn:pulumi:prod::site::app:index:Part$shop:index:Crate::crate";

const crate = (changes: Partial<StateResource> = {}): StateResource => ({
  urn: URN,
  type: "shop:index:Crate",
  provider: "urn:pulumi:prod::site::pulumi:providers:shop::default::p-1",
  protect: false,
  delete: false,
  inputs: { name: "apples" },
  ...changes,
});

const provider: StateResource = {
  ...crate({ inputs: { baseUrl: "http://shop.example" } }),
  urn: "urn:pulumi:prod::site::pulumi:providers:shop::default",
  type: "pulumi:providers:shop",
};

describe("delivery recover: the decision", () => {
  interface Situation {
    readonly type?: PendingOperation["type"];
    readonly resource?: StateResource;
    readonly found?: readonly Candidate[];
    readonly resources?: readonly StateResource[];
    readonly answers?: Answers;
    readonly recipes?: Recipes;
  }

  const decided = ({ type = "creating", found = [], resources = [], answers = new Map(), ...others }: Situation) => {
    const { recipes, resource = crate() } = others;
    const operation = { type, resource };
    const crates: Recipes = {
      "shop:index:Crate": { kind: "crate", describe: () => "of apples", find: async () => found },
    };
    return decide(operation, {
      stack: { resources, pending: [operation] },
      recipes: recipes ?? crates,
      answers,
      env: {},
      signal: new AbortController().signal,
    });
  };
  const one: Candidate = { importId: "shop/c-1", stateId: "c-1", madeAt: "2026-11-24T10:00:00Z" };
  const another: Candidate = { importId: "shop/c-2", stateId: "c-2" };
  const choices = (decision: Decision) => (decision.action === "ask" ? decision.choices : undefined);

  it("imports the one object that exists, naming it and when it was made", async () => {
    const decision = await decided({ found: [one] });
    assert.equal(decision.action, "import");
    assert.equal(decision.action === "import" && decision.id, "shop/c-1");
    assert.equal(decision.what, "crate of apples");
    assert.match(decision.reason, /shop\/c-1, made 2026-11-24T10:00:00Z/);
  });

  it("only clears a create that made nothing", async () => {
    assert.equal((await decided({})).action, "clear");
  });

  it("clears a provider that was being made, as there is nothing at a service", async () => {
    const decision = await decided({ resource: provider });
    assert.equal(decision.action, "clear");
    assert.match(decision.reason, /configuration/);
  });

  it("clears a component that was being made, as it is nothing at a service", async () => {
    const component = crate({ type: "app:index:Part", custom: false });
    assert.equal((await decided({ resource: component })).action, "clear");
    assert.equal((await decided({ resource: { ...component, custom: true } })).action, "ask");
  });

  it("leaves it to the user which of several objects it is, and names all", async () => {
    const decision = await decided({ found: [one, another] });
    assert.deepEqual(choices(decision), ["shop/c-1", "shop/c-2"]);
    assert.match(decision.reason, /shop\/c-1.*shop\/c-2/);
  });

  it("never takes an object that another resource of the stack stands for", async () => {
    const neighbour = crate({ urn: `${URN}-2`, id: "c-1" });
    assert.equal((await decided({ found: [one], resources: [neighbour] })).action, "clear");
    const decision = await decided({ found: [one, another], resources: [neighbour] });
    assert.equal(decision.action === "import" && decision.id, "shop/c-2");
  });

  it("does not take an object that the create cannot have made", async () => {
    const decision = await decided({ found: [{ ...one, conflict: "its content is another" }] });
    assert.deepEqual(choices(decision), ["shop/c-1"]);
    assert.match(decision.reason, /its content is another/);
  });

  it("only clears what an earlier recovery has imported", async () => {
    assert.equal((await decided({ found: [one], resources: [crate({ id: "c-1" })] })).action, "clear");
  });

  it("tells of a second object beside the one in the state", async () => {
    const decision = await decided({ found: [one, another], resources: [crate({ id: "c-1" })] });
    assert.deepEqual(choices(decision), []);
    assert.match(decision.reason, /holds c-1, .*shop\/c-2/);
  });

  it("only clears a create that can be sent again", async () => {
    const recipes: Recipes = { "shop:index:Crate": { kind: "crate", repeatable: "Same again." } };
    const decision = await decided({ recipes });
    assert.deepEqual([decision.action, decision.what, decision.reason], ["clear", "crate crate", "Same again."]);
  });

  it("leaves types that it does not know, and look-ups that fail, to the user", async () => {
    const unknown = await decided({ recipes: {} });
    assert.deepEqual(choices(unknown), ["ID"]);
    assert.match(unknown.reason, /shop:index:Crate/);
    const find = async (): Promise<never> => {
      throw new Error("the shop is closed");
    };
    const failed = await decided({ recipes: { "shop:index:Crate": { kind: "crate", describe: () => "", find } } });
    assert.equal(failed.action, "ask");
    assert.equal(failed.reason, "the shop is closed");
  });

  it("does what the user says, without asking the service", async () => {
    const find = async (): Promise<never> => assert.fail("the service was asked");
    const recipes: Recipes = { "shop:index:Crate": { kind: "crate", describe: () => "", find } };
    const imported = await decided({ recipes, answers: new Map([[URN, { importId: "shop/c-9" }]]) });
    assert.equal(imported.action === "import" && imported.id, "shop/c-9");
    assert.equal((await decided({ recipes, answers: new Map([[URN, "clear"]]) })).action, "clear");
  });

  it("reads again what was being updated or deleted, when it is in the state", async () => {
    for (const type of ["updating", "deleting"] as const) {
      assert.equal((await decided({ type, resources: [crate({ id: "c-1" })] })).action, "refresh");
      assert.equal((await decided({ type })).action, "clear");
      const replaced = crate({ id: "c-1", delete: true });
      assert.equal((await decided({ type, resources: [replaced] })).action, "clear");
    }
  });

  it("clears what was only being read", async () => {
    assert.equal((await decided({ type: "reading" })).action, "clear");
    assert.equal((await decided({ type: "importing" })).action, "clear");
  });

  it("gives a look-up the configuration of the resource's provider", async () => {
    let seen: unknown;
    const find = async ({ providerInputs }: { providerInputs: unknown }) => {
      seen = providerInputs;
      return [];
    };
    const recipes: Recipes = { "shop:index:Crate": { kind: "crate", describe: () => "", find } };
    await decided({ recipes, resources: [provider] });
    assert.deepEqual(seen, { baseUrl: "http://shop.example" });
  });
});
