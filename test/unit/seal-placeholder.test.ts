import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { placeholders } from "../../cli/seal/placeholder.ts";

describe("a secret's placeholder", () => {
  const placeholder = placeholders(randomBytes(32));
  const text = (value: string): string => placeholder(value) as string;

  it("is the same for the same value, another for another, and another under another key", () => {
    assert.equal(text("correct horse"), text("correct horse"));
    assert.notEqual(text("correct horse"), text("correct horses"));
    assert.notEqual(text("correct horse"), placeholders(randomBytes(32))("correct horse"));
  });

  it("keeps digits digits, and as many", () => {
    assert.match(text("83912345"), /^[1-9]\d{7}$/);
    assert.match(String(placeholder(48213)), /^\d{5}$/);
  });

  it("keeps hexadecimal in its letters, and base64 of its length", () => {
    assert.match(text("58eeca36986f9f96b94dc0e09efe866f"), /^[0-9a-f]{32}$/);
    assert.match(text("58EECA36986F9F96"), /^[0-9A-F]{16}$/);
    const secret = randomBytes(33).toString("base64");
    const made = text(secret);
    assert.equal(Buffer.from(made, "base64").toString("base64"), made);
    assert.equal(made.length, secret.length);
  });

  it("keeps an address an address, with scheme, port and parts, and nothing of host, login, path and query", () => {
    const made = new URL(text("postgres://app:pa55word@db.internal:5432/site?sslkey=xyz#fragment"));
    assert.deepEqual([made.protocol, made.port], ["postgres:", "5432"]);
    assert.ok(made.username && made.password && made.searchParams.get("sslkey") && made.hash);
    assert.match(made.hostname, /\.sealed\.invalid$/);
    assert.doesNotMatch(made.href, /app|pa55word|internal|site|xyz|frag/);
  });

  it("keeps JSON in its form, with a placeholder for each leaf", () => {
    const made = JSON.parse(text('{"token":"json-leaf-secret","list":[123456,"x"],"on":false,"none":null}'));
    assert.deepEqual(Object.keys(made), ["token", "list", "on", "none"]);
    assert.match(made.token, /^sealed-/);
    assert.match(String(made.list[0]), /^\d{6}$/);
    assert.deepEqual([made.on, made.none], [true, null]);
    assert.deepEqual(Object.keys(placeholder({ a: "b" }) as object), ["a"]);
  });

  it("keeps the frame of PEM, and an empty text empty", () => {
    const made = text("-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBg\n-----END PRIVATE KEY-----\n");
    assert.match(made, /^-----BEGIN PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+\n-----END PRIVATE KEY-----\n$/);
    assert.doesNotMatch(made, /MIIBVg/);
    assert.equal(text(""), "");
  });
});
