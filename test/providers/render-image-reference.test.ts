import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { imageProblem, parseImage, sameImage, sameRepository } from "../../providers/render/plugin/image-reference.ts";

const digest = `sha256:${"a".repeat(64)}`;

describe("image references", () => {
  for (const [reference, repository, tag] of [
    ["nginx:1", "docker.io/library/nginx", "1"],
    ["acme/site:v1.2-rc_3", "docker.io/acme/site", "v1.2-rc_3"],
    ["index.docker.io/acme/site:1", "docker.io/acme/site", "1"],
    ["docker.io/nginx:1", "docker.io/library/nginx", "1"],
    ["localhost:5000/acme/site:1", "localhost:5000/acme/site", "1"],
    ["ghcr.io/acme/site", "ghcr.io/acme/site", undefined],
  ] as const) {
    it(`reads ${reference}`, () => {
      assert.deepEqual(parseImage(reference), { repository, ...(tag && { tag }) });
    });
  }

  it("reads a digest", () => {
    assert.deepEqual(parseImage(`ghcr.io/acme/site@${digest}`), { repository: "ghcr.io/acme/site", digest });
  });

  it("tells what is wrong with a reference that cannot be run", () => {
    assert.equal(imageProblem("acme/site:1"), undefined);
    assert.equal(imageProblem(`acme/site@${digest}`), undefined);
    assert.match(imageProblem("https://ghcr.io/acme/site:1") ?? "", /is not an image reference/);
    assert.match(imageProblem("acme/site@sha256:abc") ?? "", /is not an image reference/);
    assert.match(imageProblem("acme/site") ?? "", /has no tag/);
    assert.match(imageProblem(`acme/site:1@${digest}`) ?? "", /both a tag and a digest/);
  });

  it("compares as a registry would", () => {
    assert.ok(sameImage("nginx", "docker.io/library/nginx:latest"));
    assert.ok(!sameImage("nginx:1", "nginx:2"));
    assert.ok(!sameImage("nginx:1", undefined));
    assert.ok(sameRepository("acme/site:1", `docker.io/acme/site@${digest}`));
    assert.ok(!sameRepository("acme/site:1", "ghcr.io/acme/site:1"));
  });
});
