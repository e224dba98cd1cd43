import assert from "node:assert/strict";
import { startWorld } from "./console-world.ts";
import type { ServicesUnderTest } from "./core-client.ts";

const BROWSER = { Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

describe("an address of an emulated service in a browser", () => {
  let world: ServicesUnderTest;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  it("says what is there and leads to the console, and is not a call", async () => {
    const answer = await fetch(`${world.running.services.github.baseUrl}/acme/site`, { headers: BROWSER });
    assert.equal(answer.status, 404);
    const page = await answer.text();
    assert.match(page, /emulates the API of GitHub, not its web pages/);
    assert.ok(page.includes(`href="${world.running.console.baseUrl}/"`));
    assert.deepEqual(await world.traffic(), []);
  });

  it("leaves the API to the service, and other clients to the vendor's 404", async () => {
    const { baseUrl } = world.running.services.github;
    const api = await fetch(`${baseUrl}/api/v3/user`, { headers: BROWSER });
    assert.match(api.headers.get("content-type") ?? "", /json/);
    const program = await fetch(`${baseUrl}/acme/site`);
    assert.match(program.headers.get("content-type") ?? "", /json/);
    assert.equal((await world.traffic()).length, 2);
  });
});
