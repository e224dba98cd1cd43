import assert from "node:assert/strict";
import {
  IMAGE_REPOSITORY,
  IMAGE_TAG,
  type ImageReference,
  parseReference,
  registryApi,
  registryOf,
} from "../../providers/kit/image-reference.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

describe("an image's name", () => {
  const names: [reference: string, parts: Omit<ImageReference, "name">, name: string][] = [
    ["nginx", { registry: "docker.io", path: "library/nginx" }, "nginx"],
    ["nginx:1.27-alpine", { registry: "docker.io", path: "library/nginx", tag: "1.27-alpine" }, "nginx"],
    ["acme/site:v1_2", { registry: "docker.io", path: "acme/site", tag: "v1_2" }, "acme/site"],
    [
      "docker.io/nginx:1",
      { host: "docker.io", registry: "docker.io", path: "library/nginx", tag: "1" },
      "docker.io/nginx",
    ],
    [
      "index.docker.io/acme/site",
      { host: "index.docker.io", registry: "docker.io", path: "acme/site" },
      "index.docker.io/acme/site",
    ],
    ["localhost/site:1", { host: "localhost", registry: "localhost", path: "site", tag: "1" }, "localhost/site"],
    [
      `localhost:5000/acme/site:1@${DIGEST}`,
      { host: "localhost:5000", registry: "localhost:5000", path: "acme/site", tag: "1", digest: DIGEST },
      "localhost:5000/acme/site",
    ],
    ["registry:5000/site", { host: "registry:5000", registry: "registry:5000", path: "site" }, "registry:5000/site"],
    ["[::1]:5000/site:1", { host: "[::1]:5000", registry: "[::1]:5000", path: "site", tag: "1" }, "[::1]:5000/site"],
    [
      `ghcr.io/acme/web/site@${DIGEST}`,
      { host: "ghcr.io", registry: "ghcr.io", path: "acme/web/site", digest: DIGEST },
      "ghcr.io/acme/web/site",
    ],
    // What has neither a dot nor a port is an account.
    ["acme-corp/web__site", { registry: "docker.io", path: "acme-corp/web__site" }, "acme-corp/web__site"],
  ];
  for (const [reference, parts, name] of names)
    it(`${reference} is ${parts.path} in ${parts.registry}`, () => {
      assert.deepEqual(parseReference(reference), { name, ...parts });
      assert.equal(registryOf(reference), parts.registry);
    });

  for (const reference of [
    ...["", ":1", "acme/", "/site", "acme//site", "acme/site:", "acme/site@", "acme/site:-1", "acme/site:1:2"],
    ...["Acme/site", "acme/Site:1", "ghcr.io/ACME/site", "https://ghcr.io/acme/site", "acme site", "acme/site\n"],
    ...["acme/.site", "acme/site-", "acme/a..b", "localhost:port/site", `acme/site@${DIGEST}0`, "acme/site@sha256:a"],
    `acme/site:${"a".repeat(129)}`,
  ])
    it(`is not ${JSON.stringify(reference.slice(0, 40))}`, () => {
      assert.equal(parseReference(reference), undefined);
      assert.ok(!IMAGE_REPOSITORY.test(reference) && !IMAGE_TAG.test(reference));
    });

  it("is asked for as a repository, or with a tag", () => {
    const kinds = ["acme/site", "localhost:5000/site", "acme/site:1", "localhost:5000/site:1", `site@${DIGEST}`];
    assert.deepEqual(
      kinds.map((text) => [IMAGE_REPOSITORY.test(text), IMAGE_TAG.test(text)]),
      [
        [true, false],
        [true, false],
        [false, true],
        [false, true],
        [false, false],
      ],
    );
  });

  it("leads to its registry's API, without TLS on this machine", () => {
    const registries = ["docker.io", "ghcr.io", "localhost:5000", "127.0.0.1", "[::1]:5000", "localhost.example.com"];
    assert.deepEqual(registries.map(registryApi), [
      "https://registry-1.docker.io",
      "https://ghcr.io",
      "http://localhost:5000",
      "http://127.0.0.1",
      "http://[::1]:5000",
      "https://localhost.example.com",
    ]);
  });
});
