import assert from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { findImage, type ImageSource } from "../../infra/environment/image-source.ts";
import { loadWith, makeFolder, removeFolder, tokens, validConfig } from "./support/configuration.ts";
import {
  insideSecret,
  isKnown,
  known,
  type MockEngine,
  type MockEngineOptions,
  mockEngine,
} from "./support/mock-engine.ts";
import { removeStaged } from "./support/staged.ts";

const STACK = "unit-image-source";
const DIGEST = `sha256:${"b".repeat(64)}`;

describe("where the image comes from", () => {
  let folder: string;
  let engine: MockEngine;
  before(async () => {
    folder = await makeFolder({ "app/manage.py": "print()", "app/Dockerfile": "FROM scratch" });
  });
  after(async () => {
    await removeStaged(join(folder, "app"));
    await removeFolder(folder);
  });

  /** What is asked of a registry, and its answer. */
  interface Registry {
    readonly asked: unknown[];
    answer(): object;
  }
  const registry = (answer: () => object = () => ({ sha256Digest: DIGEST })): Registry => ({ asked: [], answer });

  const find = async (
    image: Record<string, unknown>,
    from: Registry = registry(),
    { preview = false, ...more }: Pick<MockEngineOptions, "preview" | "state"> = {},
  ): Promise<ImageSource | undefined> => {
    const app = join(folder, "app");
    // A Render of one's own takes every registry.
    const environment = { ...tokens, RENDER_BASE_URL: "http://127.0.0.1:1" };
    const settings = { ...(validConfig(app)["delivery:image"] as object), ...image };
    const configuration = await loadWith(app, { "delivery:image": settings }, { stack: STACK, environment });
    engine = await mockEngine({
      stack: STACK,
      preview,
      ...more,
      call: (inputs) => {
        from.asked.push(inputs);
        return from.answer();
      },
    });
    return findImage(configuration);
  };
  /** A provider's error as it comes over gRPC. */
  const refusal = (status: string) => () => {
    const details = `Got error when attempting to fetch image version x from registry: ${status}`;
    throw Object.assign(new Error(details), { details });
  };

  it("is a build of the application in mode build, whatever tag was pinned before", async () => {
    const found = await find({ tag: "v1" });
    assert.equal(found?.kind, "build");
    assert.match(found?.tag ?? "", /^content-/);
  });

  describe("with a DOCKER_HOST", () => {
    const { DOCKER_HOST } = process.env;
    after(() => {
      if (DOCKER_HOST === undefined) delete process.env["DOCKER_HOST"];
      else process.env["DOCKER_HOST"] = DOCKER_HOST;
    });
    const [HERE, THERE] = ["unix:///here.sock", "tcp://there:2375"];
    const stateOf = (host: string | undefined) => ({
      "urn:pulumi:prod::delivery::pulumi:providers:docker-build::default_0_0_22": {
        type: "pulumi:providers:docker-build",
        outputs: { version: "0.0.22", ...(host !== undefined && { host }) },
      },
    });
    const findOn = async (host: string | undefined, state: MockEngineOptions["state"]) => {
      if (host === undefined) delete process.env["DOCKER_HOST"];
      else process.env["DOCKER_HOST"] = host;
      return find({}, registry(), { preview: true, ...(state && { state }) });
    };

    it("is built when it is the one in the state, or there is nothing in the state yet", async () => {
      for (const [host, state] of [
        [HERE, undefined],
        [HERE, stateOf(HERE)],
        [undefined, stateOf(undefined)],
        ["", stateOf("")],
        [HERE, { urn: { type: "pulumi:providers:github", outputs: { host: THERE } } }],
      ] as const)
        assert.equal((await findOn(host, state))?.kind, "build", `${host} ${JSON.stringify(state)}`);
    });

    it("is refused before anything is declared when the image would be replaced for it", async () => {
      for (const [host, recorded, words] of [
        [
          HERE,
          THERE,
          /^DOCKER_HOST is unix:\/\/\/here\.sock here, and the stack's image was made with tcp:\/\/there:2375/,
        ],
        [HERE, undefined, /was made without one\.(.|\n)*, or without DOCKER_HOST\.$/],
        [
          undefined,
          THERE,
          /^DOCKER_HOST is not set here(.|\n)*npx --no delivery up(.|\n)*, or with DOCKER_HOST=tcp:\/\/there:2375\.$/,
        ],
      ] as const)
        await assert.rejects(findOn(host, stateOf(recorded)), { name: "Error", message: words });
    });
  });

  it("is the tag's digest in the registry in mode pinned, and the application is not read", async () => {
    const hub = registry();
    const found = await find({ delivery: "pinned", tag: "v1" }, hub);
    assert.ok(found?.kind === "registry");
    assert.equal(await known(found.digest), DIGEST);
    assert.deepEqual(hub.asked, [{ name: "acme/site:v1" }]);
  });

  it("asks with the image's login, without a Docker daemon, over plain HTTP on loopback only", async () => {
    const addresses: Record<string, string> = {
      "acme/site": "registry-1.docker.io",
      "docker.io/acme/site": "registry-1.docker.io",
      "ghcr.io/acme/site": "ghcr.io",
      "localhost:5000/acme/site": "http://localhost:5000",
    };
    for (const [repository, address] of Object.entries(addresses)) {
      await find({ delivery: "pinned", tag: "v1", repository });
      const { inputs } = await engine.registered("pulumi:providers:docker");
      assert.match(inputs["host"] as string, /^ssh:/);
      const auth = JSON.parse(insideSecret(inputs["registryAuth"]) as string);
      assert.deepEqual(auth, [{ address, username: "acme", password: "registry-password" }]);
    }
  });

  it("is nothing that the registry does not have: key, problem and what to do", async () => {
    for (const preview of [true, false])
      await assert.rejects(
        find({ delivery: "pinned", tag: "v9" }, registry(refusal("404 Not Found")), { preview }),
        (error) => {
          assert.ok(pulumi.RunError.isInstance(error));
          assert.match(
            error.message,
            /delivery:image\.tag names no image: acme\/site has no tag v9\n +npm run pulumi -- config set/,
          );
          return true;
        },
      );
  });

  it("is not known in a preview whose registry cannot be asked, and stops an update", async () => {
    const closed = registry(refusal("401 Unauthorized"));
    const found = await find({ delivery: "pinned", tag: "v1" }, closed, { preview: true });
    assert.ok(found?.kind === "registry");
    assert.equal(await isKnown(found.digest), false);
    await assert.rejects(
      find({ delivery: "pinned", tag: "v1" }, closed),
      /cannot be asked for acme\/site:v1.*401(.|\n)*Nothing was changed/,
    );
  });

  it("is CircleCI in mode continuous, and the registry while its deploys are held", async () => {
    const hub = registry();
    assert.deepEqual(await find({ delivery: "continuous", tag: "v1" }, hub), { kind: "pipeline", tag: "v1" });
    assert.deepEqual(hub.asked, []);
    assert.equal((await find({ delivery: "continuous", tag: "v1", hold: true }, hub))?.kind, "registry");
  });
});
