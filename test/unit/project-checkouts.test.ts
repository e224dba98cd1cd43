/** The projects of test/projects: two checkouts of one commit make one image, whatever else lies in them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { stageContext } from "../../lib/context/stage-context.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { checkOut, git } from "../projects/checkout.ts";
import { layouts } from "../projects/layouts.ts";
import { addFiles, makeFolder, removeFolder } from "./support/configuration.ts";

/** What tools and people leave in a checkout that is worked in. */
const LEFT_BEHIND = {
  "__pycache__/manage.cpython-312.pyc": "bytecode",
  ".venv/pyvenv.cfg": "home = /usr/bin",
  ".pytest_cache/README.md": "cache",
  ".ruff_cache/CACHEDIR.TAG": "cache",
};

describe("two checkouts of one commit", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeFolder({});
  });
  afterEach(() => removeFolder(folder));

  for (const { lock: _, ...layout } of layouts)
    it(`of the project ${layout.name} have one tag`, async () => {
      const used = await checkOut(layout, join(folder, "used"));
      await git(folder, "clone", "--quiet", used, join(folder, "fresh"));
      await addFiles(join(used, layout.path ?? "."), LEFT_BEHIND);
      const stage = (checkout: string) =>
        stageContext(
          join(folder, checkout, layout.path ?? "."),
          join(projectRoot, "Dockerfile"),
          join(folder, "staged"),
        );
      const [one, other] = [await stage("used"), await stage("fresh")];
      assert.deepEqual([...one.files.keys()], [...other.files.keys()]);
      assert.equal(one.contentHash, other.contentHash);
      assert.ok(one.files.has("manage.py"));
    });
});
