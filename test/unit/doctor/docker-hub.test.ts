import assert from "node:assert/strict";
import type { Check } from "../../../cli/doctor/check.ts";
import { dockerHubRepository, dockerHubWebhooks } from "../../../cli/doctor/checks/docker-hub.ts";
import { registryLogin, registryPush, registryTag } from "../../../cli/doctor/checks/registry-login.ts";
import { registryPull } from "../../../cli/doctor/checks/registry-pull.ts";
import { type RegistryContent, type RegistryDouble, startRegistryDouble } from "../../e2e/support/registry-double.ts";
import { asked } from "./asked.ts";

describe("delivery doctor: Docker Hub", () => {
  const login = { username: "acme", password: "dckr_pat_of_a_test" };
  const site = { name: "site" };
  let hub: RegistryDouble;
  let content: RegistryContent;

  beforeEach(async () => {
    content = {
      users: { acme: login.password },
      writers: ["acme"],
      repositories: { "acme/site": { isPrivate: true, tags: ["1"] } },
    };
    hub = await startRegistryDouble(content);
  });
  afterEach(() => hub.close());

  const of = async (
    check: Check,
    image: object = {},
    given: typeof login | null = login,
    rest = {},
  ): Promise<string> => {
    const settings = { repository: "acme/site", delivery: "build", username: given?.username, ...image };
    const configuration = { image: settings, site, ...rest };
    const env = { DOCKER_HUB_URL: hub.url, DOCKER_HUB_REGISTRY_URL: hub.url };
    return (await asked(check, { configuration, facts: { login: given ?? undefined }, env })).join("\n");
  };

  it("accepts a login that may push to a private repository", async () => {
    assert.equal(await of(registryLogin), "ok: docker.io accepts acme");
    assert.equal(await of(registryPush), "ok: acme may push to acme/site");
    assert.equal(await of(registryPull), "ok: with the login of acme");
    assert.equal(await of(dockerHubRepository), "ok: private");
    const posts = hub.requests.filter((line) => !/^(GET|HEAD) /.test(line));
    assert.deepEqual(posts, ["POST /v2/auth/token"]);
  });

  it("names a login that is refused, and one that may only pull", async () => {
    const wrong = { ...login, password: "wrong" };
    assert.equal(await of(registryLogin, {}, wrong), "problem: docker.io does not accept the login of acme");
    content.writers = [];
    assert.equal(await of(registryPush), "problem: acme may not push to acme/site");
    assert.equal(await of(dockerHubRepository), "problem: the login may not write to acme/site");
    assert.equal(await of(registryPush, { delivery: "pinned" }), "");
    assert.equal(await of(dockerHubRepository, { delivery: "pinned" }), "ok: private");
  });

  it("tells an image that everybody sees from one that Render has no login for", async () => {
    assert.match(await of(registryPull, {}, null), /^problem: acme\/site is private, or not there/);
    content.repositories = { "acme/site": { isPrivate: false } };
    assert.equal(await of(registryPull, {}, null), "ok: the image is public");
    assert.match(await of(dockerHubRepository), /^warn: public: anybody can pull the image/);
    const open = { repository: { visibility: "public" } };
    assert.equal(await of(dockerHubRepository, {}, login, open), "ok: public, as the source is");
  });

  it("takes an adopted site's own credential for a login", async () => {
    const rest = { asFound: { site: { registryCredentialId: "rgc-1" } } };
    assert.equal(await of(registryPull, {}, null, rest), "ok: with a credential that Render has");
  });

  it("looks for the tag that runs", async () => {
    const pinned = (tag: string) => of(registryTag, { delivery: "pinned", tag });
    assert.deepEqual(
      [await pinned("1"), await pinned("2")],
      ["ok: acme/site:1 is there", "problem: acme/site has no tag 2"],
    );
    assert.equal(await of(registryTag), "");
  });

  it("is asked about only where the image is there", async () => {
    assert.match(await of(dockerHubWebhooks), /^not checked/);
    assert.equal(await of(dockerHubWebhooks, { repository: "ghcr.io/acme/site" }), "");
    assert.equal(await of(dockerHubRepository, { repository: "ghcr.io/acme/site" }), "");
  });

  it("is no place that Render could pull this machine's images from", async () => {
    const local = { repository: `${hub.address}/acme/site` };
    assert.match(await of(registryPull, local), /^problem: Render cannot reach localhost:\d+/);
  });
});
