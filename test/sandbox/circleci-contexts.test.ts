import assert from "node:assert/strict";
import { type CircleciUnderTest, readAll, startCircleci } from "./circleci-client.ts";

describe("emulated CircleCI: contexts", () => {
  let circleci: CircleciUnderTest;
  beforeEach(async () => {
    circleci = await startCircleci();
  });
  afterEach(() => circleci.close());

  const create = async (name: string) =>
    (await circleci.call("POST", "/v2/context", { name, owner: { slug: "gh/acme", type: "organization" } })).body;
  const restrictionsOf = async (id: string) =>
    (await circleci.call("GET", `/v2/context/${id}/restrictions`)).body.items;

  it("makes a context for an owner by slug or id, once by name", async () => {
    const { body: organizations } = await circleci.call("GET", "/v2/me/collaborations");
    const created = await circleci.call("POST", "/v2/context", { name: "site", owner: { id: organizations[0].id } });
    assert.equal(created.status, 200);
    assert.deepEqual(Object.keys(created.body).sort(), ["created_at", "id", "name"]);
    assert.deepEqual((await circleci.call("GET", `/v2/context/${created.body.id}`)).body, created.body);
    const again = await circleci.call("POST", "/v2/context", { name: "site", owner: { slug: "github/acme" } });
    assert.deepEqual(again, { status: 409, body: { message: "A context already exists with this name" } });
    const stranger = await circleci.call("POST", "/v2/context", { name: "site", owner: { slug: "gh/stranger" } });
    assert.equal(stranger.status, 404);
    const nameless = await circleci.call("POST", "/v2/context", { owner: { slug: "gh/acme" } });
    assert.deepEqual(nameless, { status: 400, body: { message: "Missing field 'name'." } });
  });

  it("lists the contexts of an owner by name, page by page", async () => {
    for (let number = 41; number >= 1; number -= 1) await create(`Site-${String(number).padStart(2, "0")}`);
    const { items, pages } = await readAll(circleci, "/v2/context?owner-slug=gh/acme");
    assert.equal(items.length, 41);
    assert.equal(pages, 3);
    assert.deepEqual([items[0]?.["name"], items[40]?.["name"]], ["Site-01", "Site-41"]);
    assert.equal((await circleci.call("GET", "/v2/context")).status, 400);
  });

  it("takes a variable's value, keeps its creation time and never answers the value", async () => {
    const { id } = await create("site");
    const path = `/v2/context/${id}/environment-variable`;
    const put = await circleci.call("PUT", `${path}/TOKEN`, { value: "context-secret-1" });
    assert.equal(put.status, 200);
    const again = await circleci.call("PUT", `${path}/TOKEN`, { value: "context-secret-2" });
    assert.equal(again.body.created_at, put.body.created_at);
    const listed = await circleci.call("GET", path);
    assert.deepEqual(listed.body, { items: [again.body], next_page_token: null });
    assert.doesNotMatch(JSON.stringify([put.body, again.body, listed.body]), /context-secret/);
    assert.equal((await circleci.call("PUT", `${path}/1BAD`, { value: "x" })).status, 400);
    assert.equal((await circleci.call("PUT", `${path}/TOKEN`, {})).status, 400);
    assert.equal((await circleci.call("DELETE", `${path}/TOKEN`)).status, 200);
    assert.equal((await circleci.call("DELETE", `${path}/TOKEN`)).status, 404);
  });

  it("is open to all members at first and can be narrowed to a project", async () => {
    await circleci.call("POST", "/v1.1/project/github/acme/site/follow");
    const { body: project } = await circleci.call("GET", "/v2/project/gh/acme/site");
    const { id } = await create("site");
    const [everyone] = await restrictionsOf(id);
    assert.deepEqual([everyone.restriction_type, everyone.name], ["group", "All members"]);

    const wanted = { restriction_type: "project", restriction_value: project.id };
    const made = await circleci.call("POST", `/v2/context/${id}/restrictions`, wanted);
    assert.equal(made.status, 201);
    assert.deepEqual(made.body, { id: made.body.id, project_id: project.id, ...wanted });
    assert.equal((await circleci.call("POST", `/v2/context/${id}/restrictions`, wanted)).status, 409);
    assert.equal((await restrictionsOf(id))[1].name, "site");
    const removed = await circleci.call("DELETE", `/v2/context/${id}/restrictions/${everyone.id}`);
    assert.equal(removed.status, 200);
    assert.equal((await restrictionsOf(id)).length, 1);
  });

  it("refuses restrictions that make no sense", async () => {
    const { id } = await create("site");
    const path = `/v2/context/${id}/restrictions`;
    const post = async (restriction_type: string, restriction_value: string) =>
      (await circleci.call("POST", path, { restriction_type, restriction_value })).status;
    assert.equal(await post("project", "site"), 400);
    assert.equal(await post("group", "11111111-2222-4333-8444-555555555555"), 400);
    assert.equal(await post("other", "x"), 400);
    assert.equal(await post("expression", 'pipeline.git.branch == "main"'), 201);
    const invalid = await circleci.call("GET", "/v2/context/site/restrictions");
    assert.deepEqual(invalid, { status: 400, body: { message: "context_id is invalid." } });
    const missing = await circleci.call("DELETE", `${path}/restriction`);
    assert.deepEqual(missing, { status: 400, body: { message: "restriction_id is invalid." } });
  });

  it("takes its variables and restrictions along when it is deleted", async () => {
    const { id } = await create("site");
    await circleci.call("PUT", `/v2/context/${id}/environment-variable/TOKEN`, { value: "v" });
    const deleted = await circleci.call("DELETE", `/v2/context/${id}`);
    assert.deepEqual(deleted, { status: 200, body: { message: "Context deleted." } });
    const hidden = { status: 403, body: { message: "You don't have permission to view that context." } };
    const wanted = { restriction_type: "expression", restriction_value: "true" };
    const requests: [string, string, unknown?][] = [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/environment-variable"],
      ["PUT", "/environment-variable/TOKEN", { value: "v" }],
      ["DELETE", "/environment-variable/TOKEN"],
      ["GET", "/restrictions"],
      ["POST", "/restrictions", wanted],
      ["DELETE", `/restrictions/${id}`],
    ];
    for (const [method, path, body] of requests)
      assert.deepEqual(await circleci.call(method, `/v2/context/${id}${path}`, body), hidden, `${method} ${path}`);
    const anew = await create("site");
    assert.notEqual(anew.id, id);
    assert.equal((await circleci.call("GET", `/v2/context/${anew.id}/environment-variable`)).body.items.length, 0);
  });
});
