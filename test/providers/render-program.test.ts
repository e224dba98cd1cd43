import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { before, describe, it } from "mocha";
import { packageSchema } from "../../providers/kit/schema.ts";
import { Environment, getOwnerOutput, Project, RegistryCredential, WebService } from "../../providers/render/index.ts";
import { renderProvider } from "../../providers/render/plugin/provider.ts";

const schema = packageSchema(renderProvider) as unknown as {
  resources: Record<string, { properties: Record<string, unknown> }>;
};

describe("Render's resources in a program", () => {
  const registered = new Map<string, pulumi.runtime.MockResourceArgs>();
  const calls: pulumi.runtime.MockCallArgs[] = [];

  before(async () => {
    await pulumi.runtime.setMocks({
      newResource(args) {
        registered.set(args.type, args);
        return { id: `${args.name}-id`, state: args.inputs };
      },
      call(args) {
        calls.push(args);
        return { ...args.inputs, id: "tea-1", type: "team", email: "" };
      },
    });
  });

  const declare = {
    "render:index:RegistryCredential": () =>
      new RegistryCredential("it", {
        name: "a",
        ownerId: "tea-1",
        registry: "GITHUB",
        username: "u",
        authToken: "t0ken",
      }),
    "render:index:Project": () =>
      new Project("it", { name: "a", ownerId: "tea-1", environments: [{ name: "production" }] }),
    "render:index:Environment": () => new Environment("it", { name: "a", projectId: "prj-1" }),
    "render:index:WebService": () =>
      new WebService("it", {
        name: "a",
        ownerId: "tea-1",
        image: "acme/site:1",
        region: "oregon",
        plan: "starter",
        secretFiles: { "a.pem": "k3y" },
      }),
  };

  for (const [token, make] of Object.entries(declare)) {
    it(`${token} has an output for every property of the schema`, async () => {
      const resource = make() as unknown as Record<string, unknown>;
      const properties = Object.keys(schema.resources[token]?.properties ?? {});
      assert.deepEqual(
        properties.filter((name) => !pulumi.Output.isInstance(resource[name])),
        [],
      );
      await settled(resource["id"] as pulumi.Output<string>);
      const unknown = Object.keys(registered.get(token)?.inputs ?? {}).filter((name) => !properties.includes(name));
      assert.deepEqual(unknown, []);
    });
  }

  it("keeps the token and secret files secret", async () => {
    const credential = declare["render:index:RegistryCredential"]();
    const service = declare["render:index:WebService"]();
    assert.equal(await pulumi.isSecret(credential.authToken), true);
    assert.equal(await pulumi.isSecret(service.secretFiles), true);
  });

  it("looks a workspace up", async () => {
    const owner = await settled(getOwnerOutput({ name: "acme" }));
    assert.equal(owner.id, "tea-1");
    assert.deepEqual(
      calls.map(({ token, inputs }) => ({ token, inputs })),
      [{ token: "render:index:getOwner", inputs: { name: "acme" } }],
    );
  });
});

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
