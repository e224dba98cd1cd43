import assert from "node:assert/strict";
import {
  type CircleciWorld,
  CONTEXT,
  CONTEXT_RESTRICTION,
  CONTEXT_VARIABLE,
  PROJECT,
  startCircleciWorld,
} from "./circleci-world.ts";
import type { Plugin } from "./harness.ts";
import { Secret, type State, secret, UNKNOWN } from "./harness.ts";

describe("circleci: contexts", () => {
  let world: CircleciWorld;
  before(async () => {
    world = await startCircleciWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const makeContext = (name = "production"): Promise<State> =>
    world.plugin.create(CONTEXT, { name, organization: "gh/acme" });

  describe("Context", () => {
    it("creates once, reads the same back, deletes, also what is gone already", async () => {
      const made = await makeContext();
      assert.equal(made.outputs["contextId"], made.id);
      assert.deepEqual(await world.refreshed(CONTEXT, made), made);
      assert.deepEqual(await world.changes(CONTEXT, made, { name: "production", organization: "gh/acme" }), {});
      assert.deepEqual(await world.writes(), ["POST /v2/context"]);
      await world.plugin.delete(CONTEXT, made);
      assert.equal(await world.plugin.read(CONTEXT, made), undefined);
      await world.plugin.delete(CONTEXT, made);
      assert.equal((await world.state())["contexts"], 0);
    });

    it("takes an organization by id", async () => {
      await world.api("POST", "/v1.1/project/github/acme/site/follow");
      const { organization_id: id } = await world.api("GET", "/v2/project/gh/acme/site");
      const made = await world.plugin.create(CONTEXT, { name: "by-id", organization: id });
      assert.deepEqual(await world.refreshed(CONTEXT, made), made);
    });

    it("replaces on every change", async () => {
      const made = await makeContext();
      const changes = await world.changes(CONTEXT, made, { name: "staging", organization: world.app });
      assert.deepEqual(changes, { name: "update-replace", organization: "update-replace" });
    });

    it("imports by id and by organization and name, among many pages", async () => {
      for (let number = 0; number < 25; number += 1) {
        await world.api("POST", "/v2/context", { name: `context-${number}`, owner: { slug: "gh/acme" } });
      }
      const made = await makeContext();
      for (const id of [made.id, "gh/acme/production"]) {
        const imported = await world.refreshed(CONTEXT, id);
        assert.deepEqual(imported, made);
      }
      assert.equal(await world.plugin.read(CONTEXT, "gh/acme/none"), undefined);
      await assert.rejects(world.plugin.read(CONTEXT, "production"), /names no context; give its id, or organization/);
    });

    it("does not take over a context of the same name", async () => {
      const { id } = await world.api("POST", "/v2/context", { name: "production", owner: { slug: "gh/acme" } });
      await assert.rejects(makeContext(), new RegExp(`exists already.*pulumi import ${CONTEXT} NAME ${id}`));
      assert.equal((await world.state())["contexts"], 1);
    });

    it("takes the one that a lost answer had made", async () => {
      await world.fault({ method: "POST", when: "after", action: { cut: true } });
      const made = await makeContext();
      assert.equal((await world.refreshed(CONTEXT, made)).id, made.id);
      assert.equal((await world.state())["contexts"], 1);
    });
  });

  describe("ContextVariable", () => {
    const declared = (contextId: string, value: unknown = "value-1", name = "TOKEN") => ({ contextId, name, value });

    it("creates, keeps the value secret, changes it in place, deletes", async () => {
      const { id } = await makeContext();
      const made = await world.plugin.create(CONTEXT_VARIABLE, declared(id));
      assert.equal(made.id, `${id}/TOKEN`);
      assert.deepEqual(made.inputs["value"], secret("value-1"));
      assert.deepEqual(made.outputs["value"], secret("value-1"));
      assert.deepEqual(await world.refreshed(CONTEXT_VARIABLE, made), made);
      assert.deepEqual(await world.changes(CONTEXT_VARIABLE, made, declared(id, secret("value-1"))), {});
      assert.deepEqual(await world.changes(CONTEXT_VARIABLE, made, declared(id, "value-2")), { value: "update" });
      await world.writes();
      const updated = await world.plugin.update(CONTEXT_VARIABLE, made, declared(id, "value-2"));
      assert.deepEqual(await world.writes(), [`PUT /v2/context/${id}/environment-variable/TOKEN`]);
      assert.notEqual(updated.outputs["updatedAt"], made.outputs["updatedAt"]);
      assert.equal(updated.outputs["createdAt"], made.outputs["createdAt"]);
      await world.plugin.delete(CONTEXT_VARIABLE, updated);
      assert.equal(await world.plugin.read(CONTEXT_VARIABLE, updated), undefined);
      await world.plugin.delete(CONTEXT_VARIABLE, updated);
    });

    it("deletes the old name before the new one is made", async () => {
      const { id } = await makeContext();
      const made = await world.plugin.create(CONTEXT_VARIABLE, declared(id));
      const { inputs } = await world.plugin.check(CONTEXT_VARIABLE, declared(id, "value-1", "OTHER"));
      const { detailed, deleteBeforeReplace } = await world.plugin.diff(CONTEXT_VARIABLE, made, inputs);
      assert.deepEqual(detailed, { name: "update-replace" });
      assert.equal(deleteBeforeReplace, true);
    });

    it("sees that somebody else wrote the value, without showing anything, and writes the declared one again", async () => {
      const { id } = await makeContext();
      const made = await world.plugin.create(CONTEXT_VARIABLE, declared(id));
      await world.api("PUT", `/v2/context/${id}/environment-variable/TOKEN`, { value: "by hand" });
      const found = await world.refreshed(CONTEXT_VARIABLE, made);
      assert.ok(found.inputs["value"] instanceof Secret);
      assert.deepEqual(await world.changes(CONTEXT_VARIABLE, found, declared(id)), { value: "update" });
      const again = await world.refreshed(CONTEXT_VARIABLE, found);
      assert.deepEqual(again, found);
      const mended = await world.plugin.update(CONTEXT_VARIABLE, found, declared(id));
      assert.deepEqual((await world.refreshed(CONTEXT_VARIABLE, mended)).inputs, made.inputs);
    });

    it("sees that it is gone, also with its whole context", async () => {
      const context = await makeContext();
      const made = await world.plugin.create(CONTEXT_VARIABLE, declared(context.id));
      await world.plugin.delete(CONTEXT, context);
      assert.equal(await world.plugin.read(CONTEXT_VARIABLE, made), undefined);
      await world.plugin.delete(CONTEXT_VARIABLE, made);
    });

    it("imports by context and name; the next preview is empty", async () => {
      const { id } = await makeContext();
      await world.api("PUT", `/v2/context/${id}/environment-variable/TOKEN`, { value: "by hand" });
      for (const text of [`${id}/TOKEN`, "gh/acme/production/TOKEN"]) {
        const imported = await world.refreshed(CONTEXT_VARIABLE, text);
        assert.equal(imported.id, `${id}/TOKEN`);
        assert.deepEqual(await world.changes(CONTEXT_VARIABLE, imported, declared(id)), {});
        assert.equal("value" in imported.inputs, false);
        const { failures } = await world.plugin.check(CONTEXT_VARIABLE, imported.inputs, imported.inputs);
        assert.deepEqual(failures, [], "the engine checks what an import read");
        const forgotten = await world.plugin.check(CONTEXT_VARIABLE, imported.inputs);
        assert.deepEqual(
          forgotten.failures.map(({ property }) => property),
          ["value"],
        );
      }
      assert.equal(await world.plugin.read(CONTEXT_VARIABLE, `${id}/OTHER`), undefined);
    });

    it("does not take over a variable that is there", async () => {
      const { id } = await makeContext();
      await world.api("PUT", `/v2/context/${id}/environment-variable/TOKEN`, { value: "by hand" });
      await assert.rejects(
        world.plugin.create(CONTEXT_VARIABLE, declared(id)),
        new RegExp(`"TOKEN" exists already.*pulumi import ${CONTEXT_VARIABLE} NAME ${id}/TOKEN`),
      );
    });

    it("finds its variable behind the first page", async () => {
      const { id } = await makeContext();
      for (let number = 0; number < 101; number += 1) {
        await world.api("PUT", `/v2/context/${id}/environment-variable/A_${number}`, { value: "x" });
      }
      const made = await world.plugin.create(CONTEXT_VARIABLE, declared(id, "value-1", "ZZZ"));
      assert.deepEqual(await world.refreshed(CONTEXT_VARIABLE, made), made);
    });

    it("is looked up in one list with all the others of a run", async () => {
      const { id } = await makeContext();
      const names = Array.from({ length: 30 }, (_, number) => `V_${number}`);
      const lists = async (): Promise<number> =>
        (await world.requests()).filter((request) => /^GET .*\/environment-variable/.test(request)).length;
      /** Each run has a plugin of its own. */
      const run = async (): Promise<Plugin> => {
        const plugin = await world.startPlugin();
        await plugin.configure();
        return plugin;
      };
      const creating = await run();
      const made = await Promise.all(
        names.map((name) => creating.create(CONTEXT_VARIABLE, declared(id, "value-1", name))),
      );
      assert.equal(await lists(), 1);
      const refreshing = await run();
      const read = await Promise.all(made.map((one) => refreshing.read(CONTEXT_VARIABLE, one)));
      assert.deepEqual(read, made);
      assert.equal(await lists(), 2);
    });

    it("lets neither value nor token into an error", async () => {
      const { id } = await makeContext();
      await world.fault({ method: "PUT", action: { status: 400, body: { message: "value-1 is not allowed" } } });
      await assert.rejects(world.plugin.create(CONTEXT_VARIABLE, declared(id)), (error: Error) => {
        assert.match(error.message, /CircleCI PUT .*TOKEN answered 400: \[secret\] is not allowed/);
        return true;
      });
      const made = await world.plugin.create(CONTEXT_VARIABLE, declared(id));
      await world.fault({ method: "PUT", action: { status: 400, body: { message: "value-1 or value-2" } } });
      await assert.rejects(
        world.plugin.update(CONTEXT_VARIABLE, made, declared(id, "value-2")),
        /400: \[secret\] or \[secret\]/,
      );
    });

    it("checks the name, and previews with an unknown context and value", async () => {
      const { failures } = await world.plugin.check(CONTEXT_VARIABLE, declared("x", "v", "1-BAD"));
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["name"],
      );
      const preview = await world.plugin.previewCreate(CONTEXT_VARIABLE, { ...declared("x"), contextId: UNKNOWN });
      assert.equal(preview["contextId"], UNKNOWN);
      assert.deepEqual(preview["value"], secret("value-1"));
      assert.equal(preview["updatedAt"], UNKNOWN);
    });
  });

  describe("ContextRestriction", () => {
    const projectId = async (): Promise<string> =>
      String((await world.plugin.create(PROJECT, { slug: "gh/acme/site" })).outputs["projectId"]);

    it("creates, reads the same back, replaces on every change, deletes", async () => {
      const { id: contextId } = await makeContext();
      const declared = { contextId, type: "project", value: await projectId() };
      const made = await world.plugin.create(CONTEXT_RESTRICTION, declared);
      assert.equal(made.id, `${contextId}/${made.outputs["restrictionId"]}`);
      assert.deepEqual(await world.refreshed(CONTEXT_RESTRICTION, made), made);
      assert.deepEqual(
        await world.changes(CONTEXT_RESTRICTION, made, { ...declared, type: "expression", value: "x" }),
        {
          type: "update-replace",
          value: "update-replace",
        },
      );
      await world.plugin.delete(CONTEXT_RESTRICTION, made);
      assert.equal(await world.plugin.read(CONTEXT_RESTRICTION, made), undefined);
      await world.plugin.delete(CONTEXT_RESTRICTION, made);
    });

    it("imports by id, and by what it restricts, slashes and all", async () => {
      const { id: contextId } = await makeContext();
      const value = 'pipeline.git.branch == "release/1"';
      const declared = { contextId, type: "expression", value };
      const made = await world.plugin.create(CONTEXT_RESTRICTION, declared);
      for (const id of [made.id, `${contextId}/expression/${value}`, `gh/acme/production/expression/${value}`]) {
        assert.deepEqual(await world.refreshed(CONTEXT_RESTRICTION, id), made);
      }
      assert.equal(await world.plugin.read(CONTEXT_RESTRICTION, `${contextId}/project/none`), undefined);
    });

    it("takes the one that a lost answer had made, and none that was there", async () => {
      const { id: contextId } = await makeContext();
      const declared = { contextId, type: "project", value: await projectId() };
      await world.fault({
        method: "POST",
        path: "/api/v2/context/*/restrictions",
        when: "after",
        action: { cut: true },
      });
      const made = await world.plugin.create(CONTEXT_RESTRICTION, declared);
      await assert.rejects(
        world.plugin.create(CONTEXT_RESTRICTION, declared),
        new RegExp(`exists already.*pulumi import ${CONTEXT_RESTRICTION} NAME ${made.id}`),
      );
    });

    it("is gone with its context", async () => {
      const context = await makeContext();
      const made = await world.plugin.create(CONTEXT_RESTRICTION, {
        ...{ contextId: context.id, type: "expression", value: "true" },
      });
      await world.plugin.delete(CONTEXT, context);
      assert.equal(await world.plugin.read(CONTEXT_RESTRICTION, made), undefined);
      await world.plugin.delete(CONTEXT_RESTRICTION, made);
    });
  });
});
