import assert from "node:assert/strict";
import { renderDomains } from "../../../cli/doctor/checks/render-domains.ts";
import { type RunningServices, startServices } from "../../../sandbox/services/host.ts";
import { scriptedRunner } from "../../../sandbox/services/render/scripted-runner.ts";
import { asked } from "./asked.ts";

describe("delivery doctor: the site's domains", () => {
  let running: RunningServices;
  let ownerId: string;
  let siteId: string;
  let otherId: string;
  before(async () => {
    running = await startServices({ dbFile: ":memory:", runner: scriptedRunner() });
    ownerId = (await send("GET", "/owners"))[0].owner.id;
    [siteId, otherId] = [await service("site-prod"), await service("other")];
    await send("POST", `/services/${siteId}/custom-domains`, { name: "example.com" });
    await send("POST", `/services/${siteId}/custom-domains`, { name: "hand.example.org" });
    await send("POST", `/services/${otherId}/custom-domains`, { name: "taken.example.org" });
  });
  after(() => running.close());

  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
  async function send(method: string, path: string, body?: object): Promise<any> {
    const headers = { authorization: `Bearer ${running.env["RENDER_API_KEY"]}`, "content-type": "application/json" };
    const url = `${running.services.render.baseUrl}/v1${path}`;
    const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  async function service(name: string): Promise<string> {
    const image = { imagePath: "ghcr.io/acme/site:1", ownerId };
    const serviceDetails = { runtime: "image", plan: "starter", region: "frankfurt" };
    return (await send("POST", "/services", { type: "web_service", name, ownerId, image, serviceDetails })).service.id;
  }

  const check = (...domains: string[]) => {
    const resources = [{ type: "render:index:CustomDomain", id: `${siteId}/example.com` }] as never;
    return asked(renderDomains, {
      env: { ...process.env, ...running.env },
      configuration: { site: { name: "site-prod", ownerId, domains } },
      facts: { state: { value: { resources, pending: [] } } },
    });
  };

  it("tells a free one, one that another service has, and one that was added by hand", async () => {
    assert.deepEqual(await check("new.example.org", "taken.example.org", "hand.example.org"), [
      "ok: new.example.org is free, as far as the API key sees",
      `problem: taken.example.org is a domain of the service other (${otherId})`,
      "problem: hand.example.org is the site's, and is not in this stack",
    ]);
  });

  it("warns of one whose DNS does not point to the site, and no more once it does", async () => {
    assert.deepEqual(await check("example.com"), [
      "warn: example.com does not point to the site yet, as Render last saw it",
    ]);
    await send("POST", `/services/${siteId}/custom-domains/example.com/verify`);
    assert.deepEqual(await check("example.com"), ["ok: example.com points to the site"]);
  });

  it("asks nothing about a site without domains", async () => {
    assert.deepEqual(await check(), []);
  });
});
