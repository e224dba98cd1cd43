/**
 * An ignore file with what builders could read differently, tried by a real one. Docker 20.10, which the sandbox may
 * start, still takes `+ ( ) ^` for signs of a regular expression, and `**.ext` for a name without a beginning; those are
 * left to the table of `ignore-file.test.ts`. A context that the chain has staged leaves such a builder nothing to read.
 */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { contextEntries } from "../../lib/context/context-walk.ts";
import { IgnoreRules } from "../../lib/context/ignore-file.ts";
import { BASE, type TestWorld, until } from "./docker-world.ts";

const RULES = `# comment
Docs
*.MD
**/*.pyc
media/**
a[b-d]e
x[^b-d]z
{one,two}
**/deep/*.txt
whole
!whole/kept
!whole/*.keep
temp?
star\\*
/rooted
kept.log
!kept.log
`;

const NAMES = [
  ...["Docs/a", "docs/a", "r.MD", "r.md", "m.pyc", "s/m.pyc", "s/m.pyo", "a.bak"],
  ...["media/a", "media/b/c", "ace", "aae", "xyz", "xcz", "{one,two}", "one"],
  ...["deep/a.txt", "s/deep/a.txt", "s/deep/t/a.txt", "whole/kept/x", "whole/other/x"],
  ...["whole/a.keep", "whole/a.drop", "temp1", "temp12", "tempé", "star*", "star1", "rooted", "s/rooted", "kept.log"],
];

/** Builds the case and compares what reached the builder with what the chain would stage. */
export async function readsIgnoreFileAsTheChainDoes(test: TestWorld): Promise<void> {
  const { contextDir, dockerfile } = await test.contextOf(BASE, "COPY . /seen", 'CMD ["find", "/seen", "-type", "f"]');
  for (const name of NAMES) {
    await mkdir(dirname(join(contextDir, name)), { recursive: true });
    await writeFile(join(contextDir, name), "x");
  }
  await writeFile(join(contextDir, ".dockerignore"), RULES);
  const image = `${test.repository}:seen`;
  await test.build({ contextDir, dockerfile, tags: [image] });
  const request = { name: "seen", image, env: {}, credential: test.world.registry };
  const container = await test.world.runner.start(request);
  await until(async () => !(await container.running()));
  const seen = (await container.logs(100)).map((line) => line.replace(/^\/seen\//, ""));
  await container.stop();
  const rules = { rules: new IgnoreRules(RULES), file: ".dockerignore", asksForHistory: [] };
  const expected = contextEntries(contextDir, rules).map(({ path }) => path);
  assert.deepEqual(seen.toSorted(), expected.toSorted());
}
