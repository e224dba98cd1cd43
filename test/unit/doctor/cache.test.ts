import assert from "node:assert/strict";
import { renderCache } from "../../../cli/doctor/checks/render-cache.ts";
import { defaultAccount } from "../../../sandbox/services/core/account.ts";
import { type RenderUnderTest, startRender } from "../../sandbox/render-client.ts";
import { asked } from "./asked.ts";

describe("doctor, of the site's cache", () => {
  let render: RenderUnderTest;
  before(async () => {
    render = await startRender();
  });
  after(() => render?.close());

  const found = async (settings: object = {}, state: readonly { id: string }[] = []): Promise<string[]> => {
    const resources = state.map(({ id }) => ({
      ...{ urn: "urn:pulumi:prod::delivery::render:index:KeyValue::cache", type: "render:index:KeyValue", id },
      ...{ protect: false, delete: false, inputs: {} },
    }));
    return asked(renderCache, {
      configuration: {
        ...{ environment: "production", cache: { name: "site-production", plan: "starter" } },
        site: { ownerId: render.ownerId, plan: "starter" },
        ...settings,
      },
      facts: { state: { value: { resources, pending: [] } } },
      env: { RENDER_API_KEY: defaultAccount.tokens.render, RENDER_BASE_URL: render.baseUrl },
    });
  };

  it("says that the name is free, or this stack's, and what to do about one that is not", async () => {
    assert.deepEqual(await found(), ["ok: key value store site-production is free"]);
    const wanted = { name: "site-production", ownerId: render.ownerId, plan: "starter", ipAllowList: [] };
    const { body } = await render.call("POST", "/key-value", wanted);
    assert.deepEqual(await found(), [
      `problem: key value store site-production exists (${body.id}), and is not in this stack`,
    ]);
    assert.deepEqual(await found({}, [body]), ["ok: key value store site-production is this stack's"]);
  });

  it("warns of a free one, which keeps nothing over a restart", async () => {
    const lines = await found({ cache: { name: "free", plan: "free" } });
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /^warn: a free cache loses what is in it/);
  });

  it("looks for none where only the shared parts are declared", async () => {
    assert.deepEqual(await found({ declares: "shared" }), []);
  });
});
