import assert from "node:assert/strict";
import { sortVariables } from "../../cli/adopt/variables.ts";
import { mayBeSecret } from "../../lib/secret-names.ts";

describe("adopt: a site's variables", () => {
  const secret: readonly (readonly [string, string])[] = [
    ["API_TOKEN", "x"],
    ["STRIPE_KEY", "x"],
    ["EMAIL_HOST_PASSWORD", "x"],
    ["DATABASE_URL", "sqlite:///db"],
    ["BROKER", "amqp://user:pass@host/"],
    ["CERTIFICATE", "-----BEGIN CERTIFICATE-----\nabc"],
    ["SESSION", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc"],
    ["BASIC_AUTH", "x"],
    ["appKey", "x"],
    ["WAREHOUSE_DSN", "x"],
    ["HOOK", "rnd_0123456789abcdefghij"],
    ["OPAQUE", "9f86d081884c7d659a2feaa0c55ad015"],
  ];
  for (const [name, value] of secret)
    it(`encrypts ${name}`, () => {
      assert.equal(mayBeSecret(name, value), true);
    });

  const plain: readonly (readonly [string, string])[] = [
    ["WEB_CONCURRENCY", "2"],
    ["DJANGO_SETTINGS_MODULE", "site.settings.production"],
    ["GREETING", "hello: world"],
    ["STATIC_URL", "https://static.example.com/a/"],
    ["LOG_LEVEL", "INFO"],
    ["AUTHOR", "Ada"],
    ["MONKEY_NAME", "Abu"],
    ["STRIPE_PUBLISHABLE_KEY", "x"],
  ];
  for (const [name, value] of plain)
    it(`shows ${name}`, () => {
      assert.equal(mayBeSecret(name, value), false);
    });

  const all = new Map([
    ["PORT", "8000"],
    ["SENTRY_DSN", "https://key@sentry.example/1"],
    ["DJANGO_SECRET_KEY", "the site's own"],
    ["API_TOKEN", "x"],
    ["LOG_LEVEL", "INFO"],
    ["with-dash", "x"],
    ["EMPTY", ""],
  ]);

  it("leaves to the chain what it sets, to the site its key, and undeclared what the file cannot hold", () => {
    const sorted = sortVariables(all, true);
    assert.deepEqual([...sorted.plain], [["LOG_LEVEL", "INFO"]]);
    assert.deepEqual([...sorted.secret], [["API_TOKEN", "x"]]);
    assert.deepEqual(sorted.left, ["with-dash", "EMPTY"]);
  });

  it("has a key of its own for the port and for the settings, where the key takes the value", () => {
    const sort = (variables: Record<string, string>) => sortVariables(new Map(Object.entries(variables)), true);
    const module = "site.settings.production";
    const { settings, plain } = sort({ PORT: "3000", DJANGO_SETTINGS_MODULE: module });
    assert.deepEqual(settings, [
      { key: "image.port", value: 3000 },
      { key: "application.settingsModule", value: module },
    ]);
    assert.deepEqual([...plain], []);
    assert.deepEqual(sort({ PORT: "8000" }).settings, [{ key: "image.port", value: undefined }]);
    const odd = sort({ PORT: "http", DJANGO_SETTINGS_MODULE: "site/settings.py" });
    assert.deepEqual([odd.settings, [...odd.plain.keys()]], [[], ["DJANGO_SETTINGS_MODULE"]]);
  });

  it("keeps a DSN of elsewhere, when the chain has no Sentry project", () => {
    assert.deepEqual([...sortVariables(all, false).secret.keys()], ["SENTRY_DSN", "API_TOKEN"]);
  });
});
