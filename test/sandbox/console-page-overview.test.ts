import assert from "node:assert/strict";
import { type ChainLink, chainOverview } from "../../sandbox/console/overview.ts";
import { createMasker } from "../../sandbox/services/core/masking.ts";
import { objectGroup, type ShownObject } from "../../sandbox/services/core/overview.ts";
import { nextSnapshot } from "./console-events.ts";
import { assertNoSecret, fill, image, startWorld } from "./console-world.ts";
import type { ServicesUnderTest } from "./core-client.ts";

describe("the overview of the chain", () => {
  let world: ServicesUnderTest;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const group = (chain: readonly ChainLink[], link: string, title: string) => {
    const found = chain.find(({ name }) => name === link)?.groups.find((candidate) => candidate.title === title);
    assert.ok(found, `${link} shows ${title}`);
    return found;
  };

  it("names the five services in the order in which a change passes them, empty at first", async () => {
    const { chain } = await nextSnapshot(world, () => true);
    assert.deepEqual(
      chain.map(({ name }) => name),
      ["github", "circleci", "registry", "sentry", "render"],
    );
    assert.deepEqual(group(chain, "render", "Web services"), { title: "Web services", count: 0, newest: [] });
  });

  it("lists what each service has, and no secret of any", async () => {
    await fill(world);
    const { chain } = await nextSnapshot(world, ({ chain }) =>
      group(chain, "render", "Deploys").newest.some(({ status }) => status?.text === "live"),
    );
    const names = (link: string, title: string): string[] => group(chain, link, title).newest.map(({ name }) => name);
    assert.deepEqual(names("github", "Repositories"), ["acme/site"]);
    assert.deepEqual(names("github", "Commits"), ["Declare the pipeline", "Initial commit"]);
    assert.match(group(chain, "github", "Commits").newest[0]?.detail ?? "", /^[0-9a-f]{7}, \.circleci\/config\.yml$/);
    assert.deepEqual(names("circleci", "Projects"), ["site"]);
    assert.deepEqual(names("circleci", "Contexts"), ["site-production"]);
    assert.deepEqual(names("circleci", "Context variables"), ["DEPLOY_KEY"]);
    assert.deepEqual(names("registry", "Image tags"), [`${image.repository}:${image.tag}`]);
    assert.deepEqual(names("sentry", "Teams"), ["web"]);
    assert.deepEqual(names("sentry", "Keys"), ["Default"]);
    const [service] = group(chain, "render", "Web services").newest;
    assert.match(service?.detail ?? "", /^runs acme\/site:content-1 \(sha256:/);
    assert.match(service?.url ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
    assertNoSecret(world, JSON.stringify(chain));
  });

  it("shows the newest objects of a kind first, and counts all", () => {
    const show = (name: string): ShownObject => ({ id: name, name });
    const { count, newest } = objectGroup("Letters", [..."abcdefg"], show);
    assert.equal(count, 7);
    assert.deepEqual(
      newest.map(({ name }) => name),
      [..."gfedc"],
    );
  });

  it("says so when the registry does not answer", async () => {
    const [link] = await chainOverview({
      masker: createMasker([]),
      services: () => [],
      images: () => Promise.reject(new Error("refused")),
    }).then((chain) => chain.filter(({ name }) => name === "registry"));
    assert.deepEqual([link?.groups, link?.problem], [[], "The registry does not answer."]);
  });
});
