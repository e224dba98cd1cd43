import assert from "node:assert/strict";
import { contentTag, type TagSettings } from "../../lib/content-tag.ts";
import type { StagedContext } from "../../lib/staged-context.ts";

describe("image tag", () => {
  const context: StagedContext = {
    files: [
      { path: "a.py", kind: "file", sha256: "1".repeat(64) },
      { path: "b.sh", kind: "executable", sha256: "2".repeat(64) },
    ],
    dockerfile: "FROM scratch",
    ignoreFile: "docs",
  };
  const settings: TagSettings = {
    buildArguments: { A: "1", B: "2" },
    labels: {},
    target: "production",
    platforms: ["linux/amd64", "linux/arm64"],
    revision: "1",
  };
  const tag = contentTag(context, settings);

  it("is a name that a registry takes, the same in every version of this program", () => {
    assert.equal(tag, "content-d3ee85f8d17238d7");
  });

  it("does not depend on the order in which things are listed", () => {
    assert.equal(
      contentTag(
        { ...context, files: context.files.toReversed() },
        { ...settings, buildArguments: { B: "2", A: "1" }, platforms: ["linux/arm64", "linux/amd64"] },
      ),
      tag,
    );
  });

  const [first, second] = context.files;
  assert.ok(first && second);
  const changes: Record<string, [StagedContext, TagSettings]> = {
    "a label": [context, { ...settings, labels: { team: "web" } }],
    "a file's content": [{ ...context, files: [{ ...first, sha256: "3".repeat(64) }, second] }, settings],
    "a file's path": [{ ...context, files: [{ ...first, path: "c.py" }, second] }, settings],
    "a file's executable bit": [{ ...context, files: [{ ...first, kind: "executable" }, second] }, settings],
    "a file that became a link": [{ ...context, files: [{ ...first, kind: "link" }, second] }, settings],
    "a file less": [{ ...context, files: [first] }, settings],
    "the Dockerfile": [{ ...context, dockerfile: "FROM scratch\n" }, settings],
    "the ignore file": [{ ...context, ignoreFile: "" }, settings],
    "a build argument's value": [context, { ...settings, buildArguments: { A: "1", B: "3" } }],
    "a build argument's name": [context, { ...settings, buildArguments: { A: "1", C: "2" } }],
    "a build argument less": [context, { ...settings, buildArguments: { A: "1" } }],
    "the target": [context, { ...settings, target: undefined }],
    "the platforms": [context, { ...settings, platforms: ["linux/amd64"] }],
    "the revision": [context, { ...settings, revision: "2" }],
  };
  for (const [what, [changedContext, changedSettings]] of Object.entries(changes))
    it(`changes with ${what}`, () => {
      assert.notEqual(contentTag(changedContext, changedSettings), tag);
    });
});
