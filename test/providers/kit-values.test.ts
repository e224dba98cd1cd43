import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, isWithin, parsePath } from "../../providers/kit/path.ts";
import { Struct } from "../../providers/kit/proto.ts";
import { redactor } from "../../providers/kit/redact.ts";
import { plain, secret, UNKNOWN } from "../../providers/kit/values.ts";
import { decode, encode } from "../../providers/kit/wire.ts";

/** The same examples on every run. */
const SEED = 20_260_101;
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const leaf = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(UNKNOWN), fc.string().map(secret));
const key = fc.string().filter((name) => name !== "__proto__");
const objectOf = <Value>(value: fc.Arbitrary<Value>) => fc.dictionary(key, value, { noNullPrototype: true });
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("value")), objectOf(tie("value"))),
}));
const tree = objectOf(value);

describe("kit: property trees", () => {
  it("come back from the wire as they went", () => {
    fc.assert(
      fc.property(tree, (given) => {
        assert.deepEqual(decode(Struct.deserializeBinary(encode(given).serializeBinary())), given);
      }),
      { seed: SEED },
    );
  });

  it("lose what is undefined or null, and keep places in lists", () => {
    const given = { a: undefined, b: null, c: { d: undefined }, e: [1, undefined] };
    assert.deepEqual(encode(given).toJavaScript(), { c: {}, e: [1, null] });
    assert.deepEqual(decode(undefined), {});
  });

  it("take a resource for its id, a component for its URN, and one without id for unknown", () => {
    const reference = (more: object) => ({ [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", ...more });
    const struct = Struct.fromJavaScript({
      made: reference({ id: "i-1" }),
      planned: reference({ id: "" }),
      component: reference({}),
    } as never);
    assert.deepEqual(decode(struct), { made: "i-1", planned: UNKNOWN, component: "urn:x" });
  });

  it("take the unknowns of every kind", () => {
    const struct = Struct.fromJavaScript({ a: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", b: "not-an-unknown" });
    assert.deepEqual(decode(struct), { a: UNKNOWN, b: "not-an-unknown" });
  });

  it("reach a definition without marks, and without anything that would be a wrong value", () => {
    const given = { a: secret({ b: "x", c: UNKNOWN }), d: UNKNOWN, e: ["y", UNKNOWN], f: [secret("z")] };
    assert.deepEqual(plain(given), { a: { b: "x" }, f: ["z"] });
  });
});

describe("kit: paths", () => {
  it("are read as they are written, whatever the names", () => {
    const part = fc.oneof(
      fc.string({ minLength: 1 }).filter((name) => name !== "*"),
      fc.nat({ max: 1000 }),
    );
    const path = fc.tuple(
      fc.string({ minLength: 1 }).filter((name) => name !== "*"),
      fc.array(part),
    );
    fc.assert(
      fc.property(path, ([first, rest]) => {
        assert.deepEqual(parsePath(formatPath([first, ...rest])), [first, ...rest]);
      }),
      { seed: SEED },
    );
  });

  it("stand for what is below them, with * for any one part", () => {
    assert.equal(isWithin(parsePath("rules[2].name"), parsePath("rules[*].name")), true);
    assert.equal(isWithin(parsePath('tags["a b"].x'), parsePath("tags.*")), true);
    assert.equal(isWithin(parsePath("tags"), parsePath("tags.*")), false);
    assert.equal(isWithin(parsePath("taglist"), parsePath("tags")), false);
  });
});

describe("kit: redaction", () => {
  it("finds a secret however it is written", () => {
    const value = 'pass "word"/1+1\nsecond line of it';
    const redact = redactor([value]);
    const forms = [value, JSON.stringify(value), encodeURIComponent(value), Buffer.from(value).toString("base64")];
    for (const form of forms) {
      const text = redact(`<${form}>`);
      assert.match(text, /\[secret\]/);
      assert.ok(!text.includes("word") && !text.includes(form), text);
    }
    assert.equal(redact("so: second line of it."), "so: [secret].");
  });

  it("hides a short secret where it stands alone, and does not garble words", () => {
    assert.equal(redactor(["ab"])("ab, cab, ab-1 and 'ab'"), "[secret], cab, ab-1 and '[secret]'");
  });

  it("hides the longest of several, and is not fooled by signs of a pattern", () => {
    assert.equal(redactor(["token", "token.*(x)"])("token.*(x) tokenX"), "[secret] [secret]X");
    assert.equal(redactor(["", "abcd"])("nothing"), "nothing");
  });

  it("hides a secret as large as a whole file, and each of its lines", () => {
    const lines = Array.from({ length: 5_000 }, (_, number) => `line ${number} of a large certificate (bundle)`);
    const redact = redactor([lines.join("\n")]);
    assert.equal(redact(`before\n${lines[17]}\nafter`), "before\n[secret]\nafter");
  });
});
