import assert from "node:assert/strict";
import { BRANCH_NAME } from "../../infra/branch-name.ts";

describe("a branch's name", () => {
  const taken = [
    "main",
    "release/next",
    "feature/#12",
    "dev@home",
    "@home",
    "1.x",
    "häuser",
    "a+b",
    "(main)",
    "v1,2",
    "a.b",
  ];
  taken.push(
    "über/straße",
    "x'y",
    'x"y',
    "$main",
    "a{b}",
    "lock",
    "a.lockfile",
    "refsx",
    "HEADS",
    "日本語",
    "a@b{c",
    "-a".slice(1),
  );
  for (const name of taken)
    it(`may be ${name}`, () => {
      assert.match(name, BRANCH_NAME);
    });

  const refused = [
    "",
    "-a",
    "/a",
    "a/",
    "a//b",
    ".a",
    "a/.b",
    "a..b",
    "a.",
    "a.lock",
    "a.lock/b",
    "a b",
    "a~1",
    "a^",
    "a:b",
  ];
  refused.push(
    "a?",
    "a*",
    "[a]",
    "a\\b",
    "a@{0}",
    "@",
    "HEAD",
    "refs/heads/main",
    "a\u0007",
    "a\nb",
    "a\u007f",
    "x".repeat(245),
  );
  refused.push("0123456789abcdef0123456789abcdef01234567", "A".repeat(40));
  for (const name of refused)
    it(`may not be ${JSON.stringify(name.slice(0, 50))}`, () => {
      assert.doesNotMatch(name, BRANCH_NAME);
    });
});
