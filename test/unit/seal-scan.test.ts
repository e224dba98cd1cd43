import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { leaksIn } from "../../cli/seal/scan.ts";

const SECRET = 'pa55 "word" & more';

describe("the search for secrets in a snapshot", () => {
  const found = (tree: unknown, value: unknown = SECRET): string[] =>
    leaksIn(tree, [{ name: "it", value }]).map(({ form, place }) => `${form} at ${place.join(".")}`);
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const digest = (algorithm: string, encoding: "hex" | "base64"): string =>
    createHash(algorithm).update(SECRET).digest(encoding);

  const forms: Record<string, string> = {
    value: `before ${SECRET} after`,
    "value as part of an address": `https://x/?q=${encodeURIComponent(SECRET)}`,
    "value inside JSON": `{"a":${JSON.stringify(SECRET)}`,
    "bytes in hexadecimal": Buffer.from(SECRET).toString("hex").toUpperCase(),
    "bytes in base64": base64(SECRET),
    "bytes in base64 ": base64(`a${SECRET}b`),
    "bytes in base64  ": base64(`ab${SECRET}`),
    "md5 digest": `W/"${digest("md5", "hex")}"`,
    "sha1 digest": digest("sha1", "hex"),
    "sha256 digest": digest("sha256", "base64"),
    "sha512 digest": digest("sha512", "hex"),
  };
  for (const [form, text] of Object.entries(forms))
    it(`finds its ${form.trim()}${" (at another offset)".repeat(form.length - form.trim().length ? 1 : 0)}`, () => {
      assert.ok(
        found({ a: { b: [text] } }).includes(`its ${form.trim()} at a.b.0`),
        JSON.stringify(found({ a: { b: [text] } })),
      );
    });

  it("finds it in a key, in JSON inside of a text, and in every place", () => {
    assert.deepEqual(found({ [`x${SECRET}`]: 1 }), [`its value at x${SECRET}`]);
    assert.ok(found({ a: JSON.stringify({ deep: JSON.stringify([SECRET]) }) }).includes("its value at a.deep.0"));
    assert.equal(found({ a: SECRET, b: SECRET }).filter((leak) => leak.startsWith("its value at")).length, 2);
  });

  it("finds the secret parts of an address, and the leaves of JSON", () => {
    const address = "postgres://app:pa55word-of-db@db.internal:5432/site";
    assert.deepEqual(found({ a: "pa55word-of-db" }, address), ["its value at a"]);
    assert.deepEqual(found({ a: "db.internal", b: "app" }, address), []);
    const rendered = "postgresql://site_production_ab12_user:pa55word-of-db@dpg-a/site_production_ab12";
    assert.deepEqual(found({ a: "site_production_ab12", b: "site_production_ab12_user" }, rendered), []);
    assert.deepEqual(found({ a: "pa55word-of-db" }, rendered), ["its value at a"]);
    const login = "https://user:pa55word@hooks.example/abcdefghijklmnopqrst";
    assert.deepEqual(found({ a: "abcdefghijklmnopqrst", b: "pa55word" }, login), ["its value at b", "its value at a"]);
    const hook = "https://hooks.example/services/T0001/abcdefghijklmnopqrst";
    assert.deepEqual(found({ a: "abcdefghijklmnopqrst" }, hook), ["its value at a"]);
    assert.deepEqual(found({ a: "leaf-secret" }, '{"token":"leaf-secret"}'), ["its value at a"]);
    assert.deepEqual(found({ a: 8123456 }, { pin: 8123456 }), ["its value at a"]);
  });

  it("lets pass what is another text, or too short to be told from chance", () => {
    assert.deepEqual(found({ a: "pa55 word & more" }), []);
    assert.deepEqual(found({ a: "12345" }, "12345"), []);
  });
});
