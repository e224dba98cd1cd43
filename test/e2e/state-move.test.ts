/** docs/environments.md, followed entry by entry: staging, a review site, and one stack split into two. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectRoot } from "../../sandbox/paths.ts";
import { pulumiCaptured } from "../../sandbox/pulumi.ts";
import { entryTitles, followEntry } from "./support/documented-entry.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const page = "environments.md";

describe("environments.md", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let config: Record<string, Record<string, unknown>>;
  const followed = new Set<string>();

  /** The stacks have their files where the engine looks for them, as those of a checkout. */
  const environment = { PULUMI_OPTION_CONFIG_FILE: "" };
  const follow = (title: string, input = ""): Promise<string> => {
    followed.add(title);
    return followEntry(chain, title, { page, input, env: environment });
  };
  const pulumi = async (...args: string[]): Promise<string> => {
    const home = { ...chain.home, env: { ...chain.home.env, ...environment } };
    const { code, stdout, stderr } = await pulumiCaptured(home, args);
    assert.equal(code, 0, `pulumi ${args.join(" ")}\n${stdout}\n${stderr}`);
    return stdout;
  };
  const write = (stack: string, values: object): Promise<void> =>
    writeFile(join(chain.projectDir, `Pulumi.${stack}.yaml`), stringify({ config: values }));

  before(async () => {
    chain = await openScriptedChain();
    config = parse(await readFile(chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "", "utf8")).config;
    await pulumi("stack", "init", "prod");
    const salt = await readFile(join(chain.projectDir, "Pulumi.prod.yaml"), "utf8");
    const production = { ...config, "delivery:environment": "production", "delivery:production": true };
    await writeFile(join(chain.projectDir, "Pulumi.prod.yaml"), salt + stringify({ config: production }));
    await pulumi("up", "--yes", "--skip-preview", "-s", "prod");
  });
  after(async () => {
    await chain?.close();
  });

  it("makes staging from the stack file that stands there", async () => {
    const text = await readFile(join(projectRoot, "docs", page), "utf8");
    const documented = parse(/^```yaml\n(.*?)^```$/ms.exec(text)?.[1] ?? "").config;
    const image = config["delivery:image"] ?? {};
    const { username, repository } = image;
    await write("staging", {
      ...documented,
      "delivery:application": config["delivery:application"],
      "delivery:image": { ...documented["delivery:image"], username, repository },
    });
    await follow("Make staging", `${image["password"]}\n`);
    const { site } = JSON.parse(await pulumi("stack", "output", "--json", "-s", "staging"));
    assert.match(site.id, /^srv-/);
  });

  it("lets a review site live and go in four commands", async () => {
    const before = await chain.console.state();
    const printed = await follow("The whole life of a review site");
    assert.match(printed, /environment +: "review-1"/);
    assert.deepEqual((await chain.console.state())["render"], before["render"]);
    assert.deepEqual((await chain.console.state())["circleci"], before["circleci"]);
    const stacks = JSON.parse(await pulumi("stack", "ls", "--json")) as { name: string }[];
    assert.ok(stacks.every(({ name }) => !name.includes("review-1")));
  });

  it("splits the stack without a call that changes anything", async () => {
    const before = await chain.console.writes();
    await follow("Move the shared parts to a stack of their own");
    await follow("Point another environment at them");
    assert.deepEqual(await chain.console.writes(), before);
    for (const stack of ["shared", "prod", "staging"])
      await pulumi("preview", "--refresh", "--expect-no-changes", "-s", stack);
    const urns = (await pulumi("stack", "--show-urns", "-s", "prod")).match(/delivery:shared:\w+/g);
    assert.equal(urns, null);
  });

  it("has no entry that was not followed", async () => {
    assert.deepEqual(await entryTitles(page), [...followed]);
  });
});
