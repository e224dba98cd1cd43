import assert from "node:assert/strict";
import { plannedInputs } from "../../cli/seal/planned-inputs.ts";
import { rebased } from "../../cli/seal/rebase.ts";
import { sealedState, secretsOf } from "../../cli/seal/sealed-state.ts";
import { asSecret, revealed } from "../../cli/seal/secret-value.ts";
import { withLocalReference } from "../../cli/seal/shared-stack.ts";
import type { ExportedState, SealedResource } from "../../cli/seal/snapshot.ts";
import { trulySecret } from "../../cli/seal/truly-secret.ts";

const URN = "urn:pulumi:prod::delivery::circleci:index:ContextVariable::variable";

const stateOf = (...resources: SealedResource[]): ExportedState => ({
  version: 3,
  deployment: { resources, secrets_providers: { type: "passphrase", state: { salt: "real-salt" } } },
});
const variable = (value: unknown, outputs: Record<string, unknown> = {}): ExportedState =>
  stateOf({
    urn: URN,
    type: "circleci:index:ContextVariable",
    inputs: { name: "V", value: asSecret(value) },
    outputs: { name: "V", value: asSecret(value), ...outputs },
    sourcePosition: "project:///home/someone",
  });
const planOf = (value: unknown): string =>
  JSON.stringify({ resourcePlans: { [URN]: { goal: { inputDiff: { updates: { value: asSecret(value) } } } } } });
/** Which secrets are left when the program makes `made` of placeholders. */
const kept = (state: ExportedState, made: unknown): unknown[] =>
  trulySecret(secretsOf(state), plannedInputs(planOf(made), state.deployment.resources)).map(({ value }) => value);

describe("a state without secrets", () => {
  it("has placeholders for them, also inside of a secret, and neither salt nor traces of a machine", () => {
    const state = variable({ user: "app", password: asSecret("hidden") });
    const sealed = sealedState(state, (value) => `<${JSON.stringify(value)}>`);
    const [resource] = sealed.deployment.resources;
    assert.deepEqual(revealed(resource?.inputs), { name: "V", value: '<{"user":"app","password":"hidden"}>' });
    assert.doesNotMatch(JSON.stringify(sealed), /real-salt|someone|secrets_providers/);
  });

  it("has placeholders for what an edition of a plugin forgets to mark", () => {
    const type = "sentry:index/sentryKey:SentryKey";
    const outputs = {
      dsnSecret: "https://public:secret@sentry.example/1",
      dsnPublic: "https://public@sentry.example/1",
    };
    const state = stateOf({ urn: `urn:pulumi:prod::delivery::${type}::key`, type, outputs });
    assert.deepEqual(
      secretsOf(state).map(({ path, value }) => [path, value]),
      [[["dsnSecret"], outputs.dsnSecret]],
    );
    const [key] = sealedState(state, () => "placeholder").deployment.resources;
    assert.deepEqual(revealed(key?.outputs), { ...outputs, dsnSecret: "placeholder" });
  });

  it("keeps an output that repeats a plain input, though it is marked for being alike to a secret", () => {
    const type = "render:index:RegistryCredential";
    const properties = { username: "same", authToken: asSecret("same") };
    const state = stateOf({
      urn: `urn:pulumi:prod::delivery::${type}::login`,
      type,
      inputs: properties,
      outputs: { ...properties, username: asSecret("same") },
    });
    assert.deepEqual(
      secretsOf(state).map(({ section, path }) => [section, ...path]),
      [
        ["inputs", "authToken"],
        ["outputs", "authToken"],
      ],
    );
    const [login] = sealedState(state, () => "placeholder").deployment.resources;
    assert.deepEqual(revealed(login?.outputs), { username: "same", authToken: "placeholder" });
  });

  it("takes on what the program makes of placeholders, in inputs and in the outputs that repeat them", () => {
    const state = variable("placeholder of an address", { updatedAt: "today" });
    const planned = plannedInputs(planOf("address of a placeholder"), state.deployment.resources);
    const [same] = rebased(state, planned, () => true).deployment.resources;
    assert.deepEqual(revealed(same?.inputs), { name: "V", value: "address of a placeholder" });
    assert.deepEqual(revealed(same?.outputs), { name: "V", value: "address of a placeholder", updatedAt: "today" });
    assert.deepEqual(
      rebased(state, planned, () => false),
      state,
    );
  });

  it("calls a stack by its name in a backend of files wherever it is referred to, and nothing else", () => {
    const type = "pulumi:pulumi:StackReference";
    const urn = `urn:pulumi:staging::delivery::${type}::acme/delivery/prod`;
    const state = stateOf({
      urn,
      type,
      inputs: { name: "acme/delivery/prod" },
      outputs: { note: "acme/delivery/prod!" },
    });
    const [reference] = withLocalReference(state, "acme/delivery/prod").deployment.resources;
    assert.equal(reference?.urn, `urn:pulumi:staging::delivery::${type}::organization/delivery/prod`);
    assert.deepEqual(reference?.inputs, { name: "organization/delivery/prod" });
    assert.deepEqual(reference?.outputs, { note: "acme/delivery/prod!" });
  });
});

describe("what is secret of a state's secrets", () => {
  it("is not what the program makes without any", () => {
    assert.deepEqual(kept(variable("production"), "production"), []);
  });

  it("is what it cannot make, in inputs and outputs", () => {
    assert.deepEqual(kept(variable("real"), "placeholder"), ["real", "real"]);
  });

  it("is an output that no input repeats, even when some input is made without secrets", () => {
    assert.deepEqual(kept(variable("same", { generated: asSecret("same") }), "same"), ["same"]);
  });

  it("is the part that differs: of JSON the leaf, of an address the password", () => {
    const json = (password: string): string => JSON.stringify([{ address: "registry.example", password }]);
    assert.deepEqual(new Set(kept(variable(json("real")), json("placeholder"))), new Set(["real"]));
    const address = (password: string): string => `postgres://app:${password}@db.example/site`;
    assert.deepEqual(new Set(kept(variable(address("real")), address("placeholder"))), new Set(["real"]));
  });

  it("is an address as a whole when nothing of it is known", () => {
    const address = "postgres://app:real@db.example/site";
    assert.deepEqual(new Set(kept(variable(address), "postgres://a:b@c.invalid/d")), new Set([address]));
  });

  it("is what belongs to a resource that the program does not declare", () => {
    const state = variable("real");
    const planned = plannedInputs('{"resourcePlans":{}}', state.deployment.resources);
    assert.equal(trulySecret(secretsOf(state), planned).length, 2);
  });
});
