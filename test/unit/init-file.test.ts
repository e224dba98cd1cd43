import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMENTS } from "../../cli/init/comments.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { addFiles } from "./support/configuration.ts";
import { initWorld, NEEDED } from "./support/init-world.ts";

describe("the file that delivery init writes", () => {
  const { folder, run, refusal, text, written } = initWorld();
  const example = readFileSync(join(projectRoot, "Pulumi.prod.yaml"), "utf8");
  /** Comments as they read: on one line, without their marks. */
  const commentsOf = (file: string): string =>
    file
      .split("\n")
      .flatMap((line) => /#\s*(.*)/.exec(line)?.[1] ?? [])
      .join(" ");

  it("has a comment at each choice", async () => {
    await run({ given: { ...NEEDED, "image.delivery": "build", "site.secretKey": "generate" } });
    const lines = (await text()).split("\n").map((line) => line.trim());
    assert.match(lines[0] ?? "", /^# What this stack declares\./);
    assert.ok(lines.some((line) => /^# +RENDER_API_KEY /.test(line)));
    const { "repository.ruleset": _, ...others } = COMMENTS;
    for (const [key, comment] of Object.entries(others)) {
      const above = lines.indexOf(`# ${comment}`);
      assert.notEqual(above, -1, key);
      assert.match(lines[above + 1] ?? "", new RegExp(`^(delivery:)?${key.split(".").at(-1)}: `));
    }
    const file = lines.join("\n");
    assert.match(file, /\n\ndelivery:site:\n/);
    assert.match(file, /# .*delivery:secretVariables\.DATABASE_URL --stack prod\n$/);
  });

  it("has the comments of the example that the program ships with", () => {
    const said = commentsOf(example);
    for (const comment of Object.values(COMMENTS)) assert.ok(said.includes(comment), comment);
  });

  it("takes the place of that example without being forced, and keeps nothing of it", async () => {
    await addFiles(folder(), { "Pulumi.prod.yaml": `encryptionsalt: v1:salt\n${example}` });
    const { config } = await run();
    assert.deepEqual((await written()).config, config);
    assert.match(await text(), /encryptionsalt: v1:salt/);
    assert.doesNotMatch(await text(), /example to adapt|tea-d0000|\.example/);
    assert.match(await refusal({}), /has settings of a chain already/);
  });

  it("takes no owner from that example", async () => {
    await addFiles(folder(), { "Pulumi.prod.yaml": example });
    assert.match(await refusal({ given: {} }), /github:owner: /);
    await addFiles(folder(), { "Pulumi.prod.yaml": example.replace("github:owner: acme", "github:owner: other") });
    assert.equal((await run({ given: { "site.ownerId": "tea-a" } })).config["github:owner"], "other");
  });
});
