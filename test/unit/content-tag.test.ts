import assert from "node:assert/strict";
import { contentHash, contentTag, type FileIdentity, type TagSettings } from "../../lib/content-tag.ts";

describe("image tag", () => {
  const files: readonly (readonly [string, FileIdentity])[] = [
    ["a.py", { kind: "file", sha256: "1".repeat(64) }],
    ["b.sh", { kind: "executable", sha256: "2".repeat(64) }],
  ];
  const hash = (changed = files, dockerfile = "FROM scratch"): string => contentHash(new Map(changed), dockerfile);
  const settings: TagSettings = {
    buildArguments: { A: "1", B: "2" },
    labels: {},
    target: "production",
    platforms: ["linux/amd64", "linux/arm64"],
    revision: "1",
  };
  const tag = contentTag(hash(), settings);

  it("is a name that a registry takes, the same in every version of this program", () => {
    assert.equal(tag, "content-3c078ebaa691109c");
  });

  it("does not depend on the order in which things are listed", () => {
    const reversed = { ...settings, buildArguments: { B: "2", A: "1" }, platforms: ["linux/arm64", "linux/amd64"] };
    assert.equal(contentTag(hash(files.toReversed()), reversed), tag);
  });

  const [first, second] = files;
  assert.ok(first && second);
  const [path, facts] = first;
  const contexts: Record<string, string> = {
    "a file's content": hash([[path, { ...facts, sha256: "3".repeat(64) }], second]),
    "a file's path": hash([["c.py", facts], second]),
    "a file's executable bit": hash([[path, { ...facts, kind: "executable" }], second]),
    "a file that became a link": hash([[path, { ...facts, kind: "link" }], second]),
    "a file less": hash([first]),
    "the Dockerfile": hash(files, "FROM scratch\n"),
  };
  const changes: Record<string, TagSettings> = {
    "a label": { ...settings, labels: { team: "web" } },
    "a build argument's value": { ...settings, buildArguments: { A: "1", B: "3" } },
    "a build argument's name": { ...settings, buildArguments: { A: "1", C: "2" } },
    "a build argument less": { ...settings, buildArguments: { A: "1" } },
    "the target": { ...settings, target: undefined },
    "the platforms": { ...settings, platforms: ["linux/amd64"] },
    "the revision": { ...settings, revision: "2" },
  };
  const tags = [
    ...Object.entries(contexts).map(([what, context]) => [what, contentTag(context, settings)] as const),
    ...Object.entries(changes).map(([what, changed]) => [what, contentTag(hash(), changed)] as const),
  ];
  for (const [what, changed] of tags)
    it(`changes with ${what}`, () => {
      assert.notEqual(changed, tag);
    });
});
