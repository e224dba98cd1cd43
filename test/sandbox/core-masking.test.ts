import assert from "node:assert/strict";
import { createMasker, MASK } from "../../sandbox/services/core/masking.ts";
import { createTraffic } from "../../sandbox/services/core/traffic.ts";

describe("masking of recorded calls", () => {
  const masker = () => createMasker(["sandbox-github-token"]);

  it("masks by the names that carry secrets, at any depth", () => {
    const masked = masker().json({
      authToken: "a",
      nested: [{ password: "b", secret: "c", dsn: { public: "http://p@h/1", secret: "http://p:s@h/1" } }],
      "signing-secret": "d",
      encrypted_value: "e",
    });
    assert.deepEqual(masked, {
      authToken: MASK,
      nested: [{ password: MASK, secret: MASK, dsn: { public: "http://p@h/1", secret: MASK } }],
      "signing-secret": MASK,
      encrypted_value: MASK,
    });
  });

  it("leaves names that only sound like a secret's", () => {
    const harmless = {
      registryCredentialId: "rgc-1",
      secret_scanning: { status: "enabled" },
      private: true,
      forksReceiveSecretEnvVars: false,
      projectId: 7,
    };
    assert.deepEqual(masker().json(harmless), harmless);
  });

  it("masks the values of variables in lists and alone, and the contents of secret files", () => {
    assert.deepEqual(masker().json({ envVars: [{ key: "DEBUG", value: "0" }] }), {
      envVars: [{ key: "DEBUG", value: MASK }],
    });
    assert.deepEqual(masker().json({ value: "0" }), { value: MASK });
    assert.deepEqual(masker().json({ secretFiles: [{ name: "pip.conf", content: "x" }] }), {
      secretFiles: [{ name: "pip.conf", content: MASK }],
    });
  });

  it("masks the address of a webhook, of which who has it can make use, and learns its key", () => {
    const learning = masker();
    const key = "T0001abcdefghijklmnop";
    const config = { url: `https://hooks.example/webhook/${key}?token=0123456789`, content_type: "json" };
    assert.deepEqual(learning.json({ name: "web", config }), {
      name: "web",
      config: { url: `https://hooks.example/${MASK}`, content_type: "json" },
    });
    const circleci = { name: "ours", url: "https://ci.example/hook", "signing-secret": "x", "verify-tls": true };
    assert.equal((learning.json(circleci) as typeof circleci).url, `https://ci.example/${MASK}`);
    assert.equal(learning.text(`POST /webhook/${key} 0123456789`), `POST /webhook/${MASK} ${MASK}`);
    assert.deepEqual(learning.json({ url: "https://site.example/a" }), { url: "https://site.example/a" });
  });

  it("keeps the content of a repository's file", () => {
    const put = { message: "Update", content: "aGVsbG8=", branch: "main" };
    assert.deepEqual(masker().json(put), put);
  });

  it("masks known values wherever they stand", () => {
    assert.equal(masker().text("token sandbox-github-token refused"), `token ${MASK} refused`);
    assert.deepEqual(masker().json({ message: "sandbox-github-token" }), { message: MASK });
  });

  it("learns the values of secret variables and finds them elsewhere", () => {
    const learning = masker();
    learning.json({ name: "DATABASE_PASSWORD", value: "correct horse" });
    learning.json({ key: "DJANGO_SETTINGS_MODULE", value: "site.settings" });
    learning.json({ key: "DATABASE_URL", value: "postgres://site:hidden@db/site" });
    assert.equal(learning.text("correct horse"), MASK);
    assert.equal(learning.text("cannot reach postgres://site:hidden@db/site"), `cannot reach ${MASK}`);
    assert.equal(learning.text("site.settings"), "site.settings");
  });

  it("learns the password in an address, which stands alone elsewhere", () => {
    const learning = masker();
    const answer = { url: "rediss://red-1:correct-horse@host:6379", command: "AUTH=correct-horse cli" };
    assert.deepEqual(learning.json(answer), { url: `rediss://red-1:${MASK}@host:6379`, command: `AUTH=${MASK} cli` });
  });

  it("learns the value of a variable whose name is in the path, which an answer repeats", () => {
    const traffic = createTraffic(masker());
    const json = new Headers({ "content-type": "application/json" });
    const body = (value: object): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
    traffic.record({
      ...{ time: "", service: "render", method: "PUT", path: "/v1/services/srv-1/env-vars/API_KEY?x=1" },
      ...{ status: 400, durationMs: 1, notEmulated: false, requestHeaders: json, responseHeaders: json },
      requestBody: body({ value: "correct horse" }),
      responseBody: body({ message: "no such value: correct horse" }),
    });
    const [call] = traffic.list();
    assert.deepEqual(call?.requestBody, { value: MASK });
    assert.deepEqual(call?.responseBody, { message: `no such value: ${MASK}` });
  });

  it("does not search for short values, which stand everywhere", () => {
    const learning = masker();
    learning.json({ secret: "8000" });
    assert.equal(learning.text("port 8000"), "port 8000");
  });

  it("masks headers that carry credentials", () => {
    const headers = new Headers({ Authorization: "Bearer x", "Circle-Token": "y", Accept: "application/json" });
    assert.deepEqual(masker().headers(headers), {
      accept: "application/json",
      authorization: MASK,
      "circle-token": MASK,
    });
  });
});
