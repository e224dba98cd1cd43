import assert from "node:assert/strict";
import { type CircleciUnderTest, startCircleci } from "./circleci-client.ts";

describe("emulated CircleCI: pipeline definitions and triggers of an App project", () => {
  let circleci: CircleciUnderTest;
  let definitions: string;
  let triggers: string;
  beforeEach(async () => {
    circleci = await startCircleci();
    const { body: organizations } = await circleci.call("GET", "/v2/me/collaborations");
    const project = await circleci.call("POST", `/v2/organization/${organizations[1].id}/project`, { name: "site" });
    definitions = `/v2/projects/${project.body.id}/pipeline-definitions`;
    triggers = `/v2/projects/${project.body.id}/triggers`;
  });
  afterEach(() => circleci.close());

  const repository = { external_id: "12345" };
  const definition = {
    name: "build",
    config_source: { provider: "github_app", repo: repository, file_path: ".circleci/config.yml" },
    checkout_source: { provider: "github_app", repo: repository },
  };

  it("creates, reads, changes and deletes a definition", async () => {
    const created = await circleci.call("POST", definitions, definition);
    assert.equal(created.status, 200);
    assert.deepEqual(created.body.config_source, {
      provider: "github_app",
      repo: { full_name: "acme/12345", external_id: "12345" },
      file_path: ".circleci/config.yml",
    });
    const path = `${definitions}/${created.body.id}`;
    const changed = await circleci.call("PATCH", path, { name: "test", config_source: { file_path: "ci.yml" } });
    assert.deepEqual([changed.body.name, changed.body.config_source.file_path], ["test", "ci.yml"]);
    const moved = await circleci.call("PATCH", path, { config_source: { provider: "github_app" } });
    assert.deepEqual(moved, { status: 400, body: { message: "Unexpected field 'config_source.provider'." } });
    assert.deepEqual((await circleci.call("GET", definitions)).body, { items: [changed.body] });
    assert.equal((await circleci.call("DELETE", path)).status, 200);
    assert.equal((await circleci.call("GET", path)).status, 404);
  });

  it("creates, changes and deletes a trigger, and does not let its repository change", async () => {
    const { body: build } = await circleci.call("POST", definitions, definition);
    const collection = `${definitions}/${build.id}/triggers`;
    const created = await circleci.call("POST", collection, {
      event_source: { provider: "github_app", repo: repository },
      event_preset: "all-pushes",
    });
    assert.equal(created.status, 200);
    assert.deepEqual(created.body.event_source.repo, { full_name: "acme/12345", external_id: "12345" });
    assert.deepEqual([created.body.checkout_ref, created.body.disabled], ["", false]);
    const path = `${triggers}/${created.body.id}`;
    const changed = await circleci.call("PATCH", path, { event_preset: "only-open-prs", disabled: true });
    assert.deepEqual([changed.body.event_preset, changed.body.disabled], ["only-open-prs", true]);
    const moved = await circleci.call("PATCH", path, { event_source: { repo: repository } });
    assert.deepEqual(moved, { status: 400, body: { message: "Unexpected field 'event_source.repo'." } });
    assert.deepEqual((await circleci.call("GET", collection)).body.items, [changed.body]);
    assert.equal((await circleci.call("DELETE", path)).status, 200);
    assert.equal((await circleci.call("GET", path)).status, 404);
  });

  it("asks for references exactly where the event cannot name the commit", async () => {
    const { body: build } = await circleci.call("POST", definitions, definition);
    const post = async (body: unknown) => {
      const answer = await circleci.call("POST", `${definitions}/${build.id}/triggers`, body);
      return answer.body.message ?? answer.status;
    };
    const own = { provider: "github_app", repo: repository };
    const other = { provider: "github_app", repo: { external_id: "999" } };
    const refs = { checkout_ref: "main", config_ref: "main" };
    assert.equal(await post({ event_source: own, ...refs }), "Unexpected field 'checkout_ref'.");
    assert.equal(await post({ event_source: other }), "Missing field 'checkout_ref'.");
    assert.equal(await post({ event_source: other, ...refs }), 200);
    assert.equal(await post({ event_source: { provider: "webhook" } }), "Missing field 'checkout_ref'.");
    assert.equal(await post({ event_source: { provider: "webhook", webhook: { sender: "ci" } }, ...refs }), 200);
    assert.equal(await post({ event_source: { provider: "github_app" } }), "Missing field 'event_source.repo'.");
    assert.equal(await post({ event_source: own, event_preset: "sometimes" }), "Invalid field 'event_preset'.");
  });
});
