import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type CircleciUnderTest, readAll, startCircleci } from "./circleci-client.ts";

describe("emulated CircleCI: variables, keys and webhooks of a project", () => {
  const project = "/v2/project/gh/acme/site";
  let circleci: CircleciUnderTest;
  beforeEach(async () => {
    circleci = await startCircleci();
    await circleci.call("POST", "/v1.1/project/github/acme/site/follow");
  });
  afterEach(() => circleci.close());

  it("masks a variable's value everywhere and replaces it by name", async () => {
    const created = await circleci.call("POST", `${project}/envvar`, { name: "TOKEN", value: "first-secret-1111" });
    assert.equal(created.status, 201);
    assert.equal(created.body.value, "xxxx1111");
    assert.equal(created.body["created-at"], created.body.created_at);
    await circleci.call("POST", `${project}/envvar`, { name: "TOKEN", value: "second-secret-2222" });
    assert.equal((await circleci.call("GET", `${project}/envvar/TOKEN`)).body.value, "xxxx2222");
    const { items } = await readAll(circleci, `${project}/envvar`);
    assert.deepEqual(
      items.map(({ name, value }) => [name, value]),
      [["TOKEN", "xxxx2222"]],
    );
    assert.equal((await circleci.call("DELETE", `${project}/envvar/TOKEN`)).status, 200);
    assert.equal((await circleci.call("DELETE", `${project}/envvar/TOKEN`)).status, 404);
    const bad = await circleci.call("POST", `${project}/envvar`, { name: "1-BAD", value: "x" });
    assert.deepEqual(bad, { status: 400, body: { message: "Invalid field 'name'." } });
  });

  it("pages a list to its end and refuses a token of somebody else's", async () => {
    for (let number = 0; number < 45; number += 1) {
      await circleci.call("POST", `${project}/envvar`, { name: `V${number}`, value: "value" });
    }
    const { items, pages } = await readAll(circleci, `${project}/envvar`);
    assert.equal(items.length, 45);
    assert.equal(new Set(items.map(({ name }) => name)).size, 45);
    assert.equal(pages, 3);
    assert.equal((await circleci.call("GET", `${project}/envvar?page-token=zzz`)).status, 400);
  });

  it("makes checkout keys with real fingerprints", async () => {
    const created = await circleci.call("POST", `${project}/checkout-key`, { type: "deploy-key" });
    assert.equal(created.status, 201);
    const [type, blob] = created.body["public-key"].split(" ");
    assert.equal(type, "ssh-ed25519");
    const md5 = createHash("md5").update(Buffer.from(blob, "base64")).digest("hex");
    assert.equal(created.body.fingerprint.replaceAll(":", ""), md5);
    assert.equal(created.body.preferred, true);

    const { items } = await readAll(circleci, `${project}/checkout-key?digest=sha256`);
    const sha256 = String(items[0]?.["fingerprint"]);
    assert.match(sha256, /^SHA256:/);
    const path = `${project}/checkout-key/${encodeURIComponent(sha256)}`;
    assert.equal((await circleci.call("GET", path)).body.fingerprint, sha256);
    assert.equal((await circleci.call("DELETE", path)).status, 200);
    assert.equal((await circleci.call("GET", path)).status, 404);
    const user = await circleci.call("POST", `${project}/checkout-key`, { type: "user-key" });
    assert.equal(user.body.type, "github-user-key");
  });

  it("keeps a webhook's secret to itself, in either spelling of the request", async () => {
    const { body: site } = await circleci.call("GET", project);
    const hook = {
      name: "done",
      url: "https://example.com/hook",
      events: ["workflow-completed"],
      "verify-tls": true,
      "signing-secret": "webhook-secret",
      scope: { id: site.id, type: "project" },
    };
    const created = await circleci.call("POST", "/v2/webhook", hook);
    assert.equal(created.status, 201);
    assert.equal(created.body["signing-secret"], "****");
    assert.equal(created.body.verify_tls, true);
    assert.deepEqual((await circleci.call("GET", `/v2/webhook/${created.body.id}`)).body, created.body);
    const updated = await circleci.call("PUT", `/v2/webhook/${created.body.id}`, { verify_tls: false, name: "ended" });
    assert.deepEqual([updated.body["verify-tls"], updated.body.name], [false, "ended"]);
    const plain = await circleci.call("POST", "/v2/webhook", { ...hook, url: "http://example.com" });
    assert.deepEqual(plain, { status: 400, body: { message: "Invalid field 'url'." } });
    assert.equal((await circleci.call("DELETE", `/v2/webhook/${created.body.id}`)).status, 200);
    assert.equal((await circleci.call("GET", `/v2/webhook/${created.body.id}`)).status, 404);
  });
});
