import assert from "node:assert/strict";
import {
  CHECKOUT_KEY,
  type CircleciWorld,
  PIPELINE_DEFINITION,
  PROJECT,
  PROJECT_VARIABLE,
  startCircleciWorld,
  TRIGGER,
} from "./circleci-world.ts";
import { Secret, type State, secret } from "./harness.ts";

const SLUG = "gh/acme/site";

describe("circleci: what belongs to a project", () => {
  let world: CircleciWorld;
  before(async () => {
    world = await startCircleciWorld();
  });
  after(() => world.stop());
  beforeEach(async () => {
    await world.reset();
    await world.plugin.create(PROJECT, { slug: SLUG });
    await world.writes();
  });

  describe("CheckoutKey", () => {
    it("makes a deploy key unless told otherwise, reads it back, deletes it", async () => {
      const made = await world.plugin.create(CHECKOUT_KEY, { project: SLUG });
      assert.equal(made.inputs["type"], "deploy-key");
      assert.match(String(made.outputs["publicKey"]), /^ssh-/);
      assert.equal(made.id, `${SLUG}/${made.outputs["fingerprint"]}`);
      assert.deepEqual(await world.refreshed(CHECKOUT_KEY, made), made);
      assert.deepEqual(await world.refreshed(CHECKOUT_KEY, made.id), made);
      await world.plugin.delete(CHECKOUT_KEY, made);
      assert.equal(await world.plugin.read(CHECKOUT_KEY, made), undefined);
      await world.plugin.delete(CHECKOUT_KEY, made);
    });

    it("makes a key of the user, and replaces on every change", async () => {
      const made = await world.plugin.create(CHECKOUT_KEY, { project: SLUG, type: "user-key" });
      assert.deepEqual((await world.refreshed(CHECKOUT_KEY, made)).inputs, made.inputs);
      assert.deepEqual(await world.changes(CHECKOUT_KEY, made, { project: "gh/acme/shop", type: "deploy-key" }), {
        project: "update-replace",
        type: "update-replace",
      });
    });

    it("takes the one that a lost answer had made, and leaves others alone", async () => {
      await world.plugin.create(CHECKOUT_KEY, { project: SLUG });
      await world.fault({ method: "POST", when: "after", action: { cut: true } });
      const made = await world.plugin.create(CHECKOUT_KEY, { project: SLUG });
      assert.equal((await world.state())["checkoutKeys"], 2);
      assert.equal((await world.refreshed(CHECKOUT_KEY, made)).outputs["preferred"], true);
    });

    it("is gone with its project, and is not for App projects", async () => {
      const made = await world.plugin.create(CHECKOUT_KEY, { project: SLUG });
      await world.api("DELETE", `/v2/project/${SLUG}`);
      assert.equal(await world.plugin.read(CHECKOUT_KEY, made), undefined);
      await world.plugin.delete(CHECKOUT_KEY, made);
      const { failures } = await world.plugin.check(CHECKOUT_KEY, { project: "circleci/a/b" });
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["project"],
      );
    });
  });

  describe("ProjectVariable", () => {
    const declared = (value: unknown = "value-1234", name = "TOKEN") => ({ project: SLUG, name, value });

    it("creates, keeps the value and its end secret, changes it in place, deletes", async () => {
      const made = await world.plugin.create(PROJECT_VARIABLE, declared());
      assert.equal(made.id, `${SLUG}/TOKEN`);
      assert.deepEqual(made.outputs["value"], secret("value-1234"));
      assert.deepEqual(made.outputs["maskedValue"], secret("xxxx1234"));
      assert.deepEqual(await world.refreshed(PROJECT_VARIABLE, made), made);
      assert.deepEqual(await world.changes(PROJECT_VARIABLE, made, declared("other-5678")), { value: "update" });
      const updated = await world.plugin.update(PROJECT_VARIABLE, made, declared("other-5678"));
      assert.deepEqual(updated.outputs["maskedValue"], secret("xxxx5678"));
      assert.equal((await world.state())["projectVariables"], 1);
      await world.plugin.delete(PROJECT_VARIABLE, updated);
      assert.equal(await world.plugin.read(PROJECT_VARIABLE, updated), undefined);
      await world.plugin.delete(PROJECT_VARIABLE, updated);
    });

    it("deletes the old name before the new one is made", async () => {
      const made = await world.plugin.create(PROJECT_VARIABLE, declared());
      const { inputs } = await world.plugin.check(PROJECT_VARIABLE, declared("value-1234", "OTHER"));
      const { detailed, deleteBeforeReplace } = await world.plugin.diff(PROJECT_VARIABLE, made, inputs);
      assert.deepEqual(detailed, { name: "update-replace" });
      assert.equal(deleteBeforeReplace, true);
    });

    it("sees another value by its end or its time, and writes the declared one again", async () => {
      const made = await world.plugin.create(PROJECT_VARIABLE, declared());
      for (const value of ["by hand 9999", "same end 1234"]) {
        await world.api("POST", `/v2/project/${SLUG}/envvar`, { name: "TOKEN", value });
        const found = await world.refreshed(PROJECT_VARIABLE, made);
        assert.ok(found.inputs["value"] instanceof Secret);
        assert.deepEqual(await world.changes(PROJECT_VARIABLE, found, declared()), { value: "update" });
      }
    });

    it("imports by project and name; the next preview is empty", async () => {
      await world.api("POST", `/v2/project/${SLUG}/envvar`, { name: "TOKEN", value: "by hand" });
      const imported = await world.refreshed(PROJECT_VARIABLE, `${SLUG}/TOKEN`);
      assert.deepEqual(await world.changes(PROJECT_VARIABLE, imported, declared()), {});
    });

    it("does not take over a variable that is there, and survives a lost answer", async () => {
      await world.fault({ method: "POST", when: "after", action: { cut: true } });
      await world.plugin.create(PROJECT_VARIABLE, declared());
      await assert.rejects(world.plugin.create(PROJECT_VARIABLE, declared()), /"TOKEN" exists already.*pulumi import/);
    });
  });

  describe("PipelineDefinition and Trigger", () => {
    let projectId: string;
    const definition = (name = "build") => ({
      projectId,
      name,
      configSource: { repositoryId: "11" },
      checkoutSource: { repositoryId: "11" },
    });
    const made = (): Promise<State> => world.plugin.create(PIPELINE_DEFINITION, definition());
    const triggerOf = ({ outputs }: State, more: Record<string, unknown> = {}) => ({
      projectId,
      definitionId: outputs["definitionId"],
      repositoryId: "11",
      eventPreset: "all-pushes",
      ...more,
    });

    beforeEach(async () => {
      const project = await world.plugin.create(PROJECT, { organization: world.app, name: "site" });
      projectId = String(project.outputs["projectId"]);
      await world.writes();
    });

    it("creates a definition, updates it in place, imports it, deletes it", async () => {
      const state = await made();
      assert.equal(state.id, `${projectId}/${state.outputs["definitionId"]}`);
      assert.deepEqual(await world.refreshed(PIPELINE_DEFINITION, state), state);
      assert.deepEqual(await world.refreshed(PIPELINE_DEFINITION, state.id), state);
      const changed = {
        ...definition("release"),
        description: "Releases",
        configSource: { repositoryId: "11", filePath: ".circleci/release.yml" },
        checkoutSource: { repositoryId: "12" },
      };
      assert.deepEqual(await world.changes(PIPELINE_DEFINITION, state, changed), {
        name: "update",
        description: "update",
        "configSource.filePath": "update",
        "checkoutSource.repositoryId": "update",
      });
      const updated = await world.plugin.update(PIPELINE_DEFINITION, state, changed);
      assert.deepEqual((await world.refreshed(PIPELINE_DEFINITION, updated)).inputs, updated.inputs);
      await world.plugin.delete(PIPELINE_DEFINITION, updated);
      assert.equal(await world.plugin.read(PIPELINE_DEFINITION, updated), undefined);
      await world.plugin.delete(PIPELINE_DEFINITION, updated);
    });

    it("replaces a definition where its configuration is elsewhere", async () => {
      const state = await made();
      const elsewhere = { ...definition(), configSource: { repositoryId: "12" } };
      assert.deepEqual(await world.changes(PIPELINE_DEFINITION, state, elsewhere), {
        "configSource.repositoryId": "update-replace",
      });
      const { failures } = await world.plugin.check(PIPELINE_DEFINITION, { ...definition(), configSource: {} });
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["configSource"],
      );
    });

    it("makes one definition when the answer is lost, and takes over none", async () => {
      await world.fault({ method: "POST", when: "after", action: { cut: true } });
      await made();
      assert.equal((await world.state())["pipelineDefinitions"], 1);
      await assert.rejects(made(), /pipeline definition "build" exists already/);
    });

    it("creates a trigger, updates it in place, imports it, deletes it", async () => {
      const declared = triggerOf(await made());
      const state = await world.plugin.create(TRIGGER, declared);
      assert.deepEqual(await world.refreshed(TRIGGER, state), state);
      assert.deepEqual(await world.refreshed(TRIGGER, state.id), state);
      const changed = { ...declared, eventPreset: "only-build-prs" };
      assert.deepEqual(await world.changes(TRIGGER, state, changed), { eventPreset: "update" });
      const updated = await world.plugin.update(TRIGGER, state, changed);
      assert.deepEqual((await world.refreshed(TRIGGER, updated)).inputs, updated.inputs);
      assert.deepEqual(await world.changes(TRIGGER, state, { ...declared, repositoryId: "12" }), {
        repositoryId: "update-replace",
      });
      await world.plugin.delete(TRIGGER, updated);
      assert.equal(await world.plugin.read(TRIGGER, updated), undefined);
      await world.plugin.delete(TRIGGER, updated);
    });

    it("creates a webhook trigger whose address is secret", async () => {
      const { definitionId } = triggerOf(await made());
      const declared = { projectId, definitionId, provider: "webhook", checkoutRef: "main", configRef: "main" };
      const state = await world.plugin.create(TRIGGER, { ...declared, eventName: "nightly", sender: "cron" });
      assert.ok(state.outputs["webhookUrl"] instanceof Secret);
      const changed = { ...declared, eventName: "weekly", sender: "clock", disabled: true, checkoutRef: "next" };
      const updated = await world.plugin.update(TRIGGER, state, changed);
      assert.deepEqual((await world.refreshed(TRIGGER, updated)).inputs, updated.inputs);
    });

    it("makes one trigger when the answer is lost, and takes over none", async () => {
      const declared = triggerOf(await made());
      await world.fault({ method: "POST", path: "/api/v2/**/triggers", when: "after", action: { cut: true } });
      await world.plugin.create(TRIGGER, declared);
      assert.equal((await world.state())["triggers"], 1);
      await assert.rejects(world.plugin.create(TRIGGER, declared), /trigger "all-pushes" exists already/);
    });

    it("checks what goes with an event source", async () => {
      const problems = async (inputs: Record<string, unknown>): Promise<string[]> =>
        (await world.plugin.check(TRIGGER, { projectId, definitionId: "d", ...inputs })).failures
          .map(({ property }) => property)
          .sort();
      assert.deepEqual(await problems({ eventName: "x", disabled: true }), ["disabled", "eventName", "repositoryId"]);
      const misplaced = { provider: "webhook", repositoryId: "1", eventPreset: "all-pushes" };
      assert.deepEqual(await problems(misplaced), ["checkoutRef", "configRef", "eventPreset", "repositoryId"]);
      assert.deepEqual(await problems({ repositoryId: "acme/site", eventPreset: "pushes" }), [
        "eventPreset",
        "repositoryId",
      ]);
    });
  });
});
