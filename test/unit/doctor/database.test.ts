import assert from "node:assert/strict";
import { renderDatabase } from "../../../cli/doctor/checks/render-database.ts";
import { defaultAccount } from "../../../sandbox/services/core/account.ts";
import { type RenderUnderTest, startRender } from "../../sandbox/render-client.ts";
import { asked } from "./asked.ts";

describe("doctor, of the site's database", () => {
  let render: RenderUnderTest;
  before(async () => {
    render = await startRender();
  });
  after(() => render?.close());

  const found = async (settings: object = {}, state: readonly { id: string }[] = []): Promise<string[]> => {
    const {
      database = { name: "site-production", plan: "basic_1gb", version: "17" },
      site = {},
      ...rest
    } = settings as Record<string, object>;
    const resources = state.map(({ id }) => ({
      ...{ urn: "urn:pulumi:prod::delivery::render:index:Postgres::database", type: "render:index:Postgres", id },
      ...{ protect: false, delete: false, inputs: {} },
    }));
    return asked(renderDatabase, {
      configuration: {
        ...{ environment: "production", database },
        site: { ownerId: render.ownerId, plan: "starter", ...site },
        ...rest,
      },
      facts: { state: { value: { resources, pending: [] } } },
      env: { RENDER_API_KEY: defaultAccount.tokens.render, RENDER_BASE_URL: render.baseUrl },
    });
  };

  it("says that the name is free, or this stack's, and what to do about one that is not", async () => {
    assert.deepEqual(await found(), ["ok: database site-production is free"]);
    const wanted = { name: "site-production", ownerId: render.ownerId, plan: "basic_1gb", version: "17" };
    const { body } = await render.call("POST", "/postgres", wanted);
    assert.deepEqual(await found(), [
      `problem: database site-production exists (${body.id}), and is not in this stack`,
    ]);
    assert.deepEqual(await found({}, [body]), ["ok: database site-production is this stack's"]);
    const named = { database: { name: "other", plan: "basic_1gb", version: "17" } };
    assert.deepEqual(await found(named), ["ok: database other is free"]);
  });

  it("warns of what is free: a database that ends, a site before whose deploys nothing migrates", async () => {
    const free = { name: "free", plan: "free", version: "17" };
    const lines = await found({ database: free, site: { plan: "free" } });
    assert.match(lines.join("\n"), /^warn: a free database ends with its data.*\nwarn: a free service runs no command/);
    assert.equal(lines.length, 2);
  });

  it("looks for none where only the shared parts are declared", async () => {
    assert.deepEqual(await found({ declares: "shared" } as never), []);
  });
});
