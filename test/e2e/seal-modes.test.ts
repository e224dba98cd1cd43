/** Sealed previews of a site that a pipeline delivers, and of an environment on another stack's parts with a pinned tag. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { parse, parseDocument } from "yaml";
import { scriptedDigest } from "../../sandbox/services/render/scripted-runner.ts";
import { deliverySucceeds } from "./support/delivery.ts";
import { addStack, type FurtherStack } from "./support/further-stack.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";
import { firstGiveaway, sealedPreview } from "./support/sealing.ts";

const UP = ["up", "--yes", "--skip-preview"];
const PASSWORD = "registry-password-77";

describe("a sealed stack in every mode, end to end", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let registry: Server;
  let repository: string;

  before(async () => {
    chain = await openScriptedChain();
    // Every tag is there, under a digest of its own.
    registry = createServer((request, response) => {
      const tag = request.url?.split("/").at(-1) ?? "";
      response.writeHead(200, { "docker-content-digest": scriptedDigest(`${repository}:${tag}`) }).end();
    });
    await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
    repository = `localhost:${(registry.address() as AddressInfo).port}/acme/site`;
  });
  after(async () => {
    registry?.closeAllConnections();
    registry?.close();
    await chain?.close();
  });

  it("continuous: knows what serves, the pipeline's tokens, and no change", async () => {
    const stackFile = chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
    const document = parseDocument(await readFile(stackFile, "utf8"));
    document.setIn(["config", "delivery:image", "repository"], repository);
    document.setIn(["config", "delivery:image", "delivery"], "continuous");
    document.setIn(["config", "delivery:image", "tag"], "first");
    await writeFile(stackFile, document.toString());
    await chain.succeed("config", "set", "--path", "delivery:image.password", PASSWORD, "--secret");
    await chain.succeed(...UP);

    const snapshot = join(chain.projectDir, "..", "continuous.json");
    await deliverySucceeds(chain, ["seal", "--stack", "sandbox", "--file", snapshot]);
    const { RENDER_API_KEY = "", SENTRY_AUTH_TOKEN = "" } = chain.services.env;
    assert.equal(
      firstGiveaway(await readFile(snapshot, "utf8"), [PASSWORD, RENDER_API_KEY, SENTRY_AUTH_TOKEN]),
      undefined,
    );
    const sealed = await sealedPreview(chain, snapshot, stackFile);
    assert.equal(sealed.code, 0, sealed.stderr + sealed.stdout);
    const { live } = JSON.parse(sealed.stdout);
    assert.deepEqual(
      [live.tag.value, live.digest.value],
      ["first", scriptedDigest(`${repository}:first`)],
      "the answer that Render gave when the stack was sealed",
    );
  });

  describe("an environment of its own, pinned to a tag", () => {
    let staging: FurtherStack;
    let stackFile: string;
    let snapshot: string;

    before(async () => {
      const { config } = parse(await readFile(chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "", "utf8"));
      const folder = dirname(chain.projectDir);
      const image = { ...config["delivery:image"], delivery: "pinned", tag: "first" };
      staging = await addStack({ folder, home: chain.home }, "staging", {
        "delivery:declares": "environment",
        "delivery:sharedFrom": "organization/delivery/sandbox",
        "delivery:application": config["delivery:application"],
        "delivery:image": { ...image, password: "" },
        "delivery:site": { region: "oregon", plan: "starter", healthCheckPath: "/healthz/" },
      });
      stackFile = join(folder, "stacks", "staging", "Pulumi.staging.yaml");
      snapshot = join(folder, "staging.json");
      await staging.succeed("config", "set", "--path", "delivery:image.password", PASSWORD, "--secret");
      await staging.succeed(...UP);
    });

    const delivery = (...args: string[]): Promise<string> =>
      deliverySucceeds(chain, [...args, "--stack", "staging"], { PULUMI_OPTION_CONFIG_FILE: stackFile });

    it("is built on the other stack's outputs, and knows the digest of its tag", async () => {
      await delivery("seal", "--file", snapshot);
      assert.equal(firstGiveaway(await readFile(snapshot, "utf8"), [PASSWORD]), undefined);
      const sealed = await sealedPreview(chain, snapshot, stackFile);
      assert.equal(sealed.code, 0, sealed.stderr + sealed.stdout);
      const { outcome, live } = JSON.parse(sealed.stdout);
      assert.deepEqual([outcome, live.digest.value], ["no changes", scriptedDigest(`${repository}:first`)]);
    });

    it("shows a tag that nobody looked up as a deploy of an unknown digest", async () => {
      const branch = join(dirname(stackFile), "branch.yaml");
      const document = parseDocument(await readFile(stackFile, "utf8"));
      document.setIn(["config", "delivery:image", "tag"], "second");
      await writeFile(branch, document.toString());
      const sealed = await sealedPreview(chain, snapshot, branch);
      assert.equal(sealed.code, 2, sealed.stderr + sealed.stdout);
      const { live, diagnostics } = JSON.parse(sealed.stdout);
      assert.deepEqual([live.tag.value, live.digest.value], ["second", null]);
      assert.match(JSON.stringify(diagnostics), /reaches no registry/);
    });
  });
});
