import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PartOf } from "../../infra/config.ts";
import { AppImage } from "../../infra/environment/docker-image.ts";
import type { ImageSource } from "../../infra/environment/image-source.ts";
import { insideSecret, isKnown, known, type MockEngine, mockEngine } from "./support/mock-engine.ts";

const IMAGE = "docker-build:index:Image";
const DIGEST = `sha256:${"a".repeat(64)}`;

describe("AppImage", () => {
  const start = (digest = DIGEST): Promise<MockEngine> => mockEngine({ outputs: { [IMAGE]: { digest } } });

  const settings = (): PartOf<"image"> => ({
    delivery: "build",
    hold: false,
    repository: "acme/site",
    username: "acme",
    password: pulumi.secret("registry-password"),
    platforms: ["linux/amd64"],
    buildArguments: { WSGI_MODULE: "acme.wsgi" },
    buildVariables: {},
    port: 8000,
    labels: {},
    secrets: {},
  });
  const tag = "content-0123456789abcdef";
  const buildContext = {
    tag,
    location: "../.delivery/prod/context",
    dockerfile: "../.delivery/prod/Dockerfile",
    secrets: {},
  };
  const source = { kind: "build", tag, buildContext } satisfies ImageSource;

  it("builds and pushes the staged context under its tag, and nothing in a preview", async () => {
    const engine = await start();
    new AppImage("image", { settings: settings(), source });
    const { inputs, parent } = await engine.registered(IMAGE, "image");
    const { registries, ...plain } = inputs;
    assert.equal(parent, "image");
    assert.deepEqual(plain, {
      tags: ["acme/site:content-0123456789abcdef"],
      context: { location: "../.delivery/prod/context" },
      dockerfile: { location: "../.delivery/prod/Dockerfile" },
      platforms: ["linux/amd64"],
      buildArgs: { WSGI_MODULE: "acme.wsgi" },
      push: true,
      buildOnPreview: false,
      network: "default",
    });
    assert.deepEqual(insideSecret(registries), [
      { address: "docker.io", username: "acme", password: "registry-password" },
    ]);
  });

  it("is never deleted from the registry", async () => {
    const engine = await start();
    new AppImage("image", { settings: settings(), source });
    assert.equal((await engine.registered(IMAGE)).retainOnDelete, true);
  });

  it("pushes with the login of the machine when none is configured", async () => {
    const engine = await start();
    new AppImage("image", { settings: { ...settings(), username: undefined, password: undefined }, source });
    assert.equal("registries" in (await engine.registered(IMAGE)).inputs, false);
  });

  it("passes build secrets on as secrets, and takes no change of one for a change of the image", async () => {
    const engine = await start();
    const secrets = { pip_conf: pulumi.secret("[global]") };
    new AppImage("image", {
      settings: { ...settings(), target: "production" },
      source: { ...source, buildContext: { ...buildContext, secrets } },
    });
    const { inputs } = await engine.registered(IMAGE);
    assert.deepEqual(insideSecret(inputs["secrets"]), { pip_conf: "[global]" });
    assert.deepEqual(inputs["ignoreSecretsInDiffCalculation"], ["pip_conf"]);
    assert.equal(inputs["target"], "production");
  });

  it("carries labels, and keeps its layers in a registry when there is a place for them", async () => {
    const engine = await start();
    const more = { labels: { team: "web" }, cache: "acme/site:cache" };
    new AppImage("image", { settings: { ...settings(), ...more }, source });
    const { inputs } = await engine.registered(IMAGE);
    assert.deepEqual(inputs["labels"], { team: "web" });
    const [from] = inputs["cacheFrom"] as { registry: object }[];
    const [to] = inputs["cacheTo"] as { registry: { ref: string; mode: string; ignoreError: boolean } }[];
    assert.deepEqual(from, { registry: { ref: "acme/site:cache" } });
    assert.deepEqual([to?.registry.ref, to?.registry.mode, to?.registry.ignoreError], ["acme/site:cache", "max", true]);
  });

  it("tells repository, tag, reference and digest", async () => {
    await start();
    const image = new AppImage("image", { settings: settings(), source });
    assert.equal(image.repository, "acme/site");
    assert.equal(image.tag, "content-0123456789abcdef");
    assert.equal(image.reference, "acme/site:content-0123456789abcdef");
    assert.equal(await known(image.digest as pulumi.Output<string>), DIGEST);
  });

  it("does not take the empty digest that a preview promises for a digest", async () => {
    await start("");
    const image = new AppImage("image", { settings: settings(), source });
    assert.equal(await isKnown(image.digest as pulumi.Output<string>), false);
  });

  it("declares nothing in a registry for an image that is there already", async () => {
    const engine = await start();
    const digest = pulumi.output(DIGEST);
    const image = new AppImage("image", { settings: settings(), source: { kind: "registry", tag: "v1", digest } });
    assert.equal(image.reference, "acme/site:v1");
    assert.equal(await known(image.digest as pulumi.Output<string>), DIGEST);
    assert.deepEqual(
      (await engine.registrations()).map(({ type }) => type),
      ["delivery:environment:AppImage"],
    );
  });
});
