import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { brokenRules } from "./console-axe.ts";
import { INSTALL_MS, launchBrowser, openPage, type WatchedPage } from "./console-browser.ts";
import { assertNoSecret, fill, hostileName, image, send, startWorld } from "./console-world.ts";
import type { ServicesUnderTest } from "./core-client.ts";

const WAIT_MS = 5000;
const WIDE = { viewport: { width: 1280, height: 900 } };
const NARROW = { viewport: { width: 390, height: 844 } };

describe("the console's page in a browser", () => {
  let browser: Browser | undefined;
  let world: ServicesUnderTest;
  let watched: WatchedPage;
  let page: Page;

  before(async function () {
    this.timeout(INSTALL_MS);
    browser = await launchBrowser();
    if (!browser) {
      process.stdout.write(
        "      Skipped: no Chromium on this machine, and only Debian with root can install it here.\n",
      );
      this.skip();
    }
  });
  after(() => browser?.close());

  const open = async (options: BrowserContextOptions = WIDE): Promise<void> => {
    assert.ok(browser);
    watched = await openPage(browser, world.running.console.baseUrl, options);
    page = watched.page;
    page.setDefaultTimeout(WAIT_MS);
    await page.locator("#connection[data-state=live]").waitFor();
  };
  const card = (service: string) => page.locator(`.card[data-service=${service}]`);
  const rows = () => page.locator(".call");
  const shows = (selector: string, text: string) => page.locator(selector).filter({ hasText: text }).first().waitFor();

  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    await watched?.page.context().close();
    await world.close();
  });
  /** What holds at the end of every visit. */
  const assertSound = async (): Promise<void> => {
    assertNoSecret(world, await page.content());
    assert.deepEqual(watched.complaints, []);
  };

  it("shows objects and calls as they come, and the site", async () => {
    await open();
    await shows("#calls-empty", "No calls yet");
    assert.equal(
      await card("github").locator(".group", { hasText: "Repositories" }).locator(".count").textContent(),
      "0",
    );
    await fill(world);
    await shows(".card[data-service=github] .name", "acme/site");
    await shows(".card[data-service=github] .detail", ".circleci/config.yml");
    await shows(".card[data-service=circleci] .name", "DEPLOY_KEY");
    await shows(".card[data-service=registry] .name", `${image.repository}:${image.tag}`);
    await shows(".card[data-service=registry] .detail", image.digest.slice(0, 19));
    await shows(".card[data-service=sentry] .name", "Default");
    await shows(".card[data-service=render] .pill[data-tone=good]", "live");
    const link = page.getByRole("link", { name: "Open the running site" });
    assert.match((await link.getAttribute("href")) ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await rows().count(), (await world.traffic()).length);
    const [, ...cells] = await rows().first().locator(".line > span").allTextContents();
    assert.deepEqual(cells.slice(0, 4), ["Render", "POST", "/v1/services", "201"]);
    await assertSound();
  });

  it("shows a call's request and response by keyboard, masked", async () => {
    await open();
    await fill(world);
    const row = rows().filter({ hasText: "/environment-variable/DEPLOY_KEY" });
    await row.locator(".line").focus();
    await page.keyboard.press("Enter");
    await row.getByRole("region", { name: "Request body" }).waitFor();
    assert.match(await text(row.getByRole("region", { name: "Request body" })), /"value": "\[masked\]"/);
    await row
      .getByText(/\d+ headers/)
      .first()
      .click();
    assert.match(await text(row.getByRole("region", { name: "Request headers" })), /circle-token: \[masked\]/);
    await assertSound();
  });

  it("filters by service and by problems, and holds still while paused", async () => {
    await fill(world);
    await send(world, "github", "GET", "/api/v3/repos/acme/none").catch((error: unknown) => error);
    await send(world, "github", "GET", "/api/v3/orgs/acme/teams").catch((error: unknown) => error);
    await open();
    await rows().first().waitFor();
    await page.getByRole("radio", { name: "Sentry" }).check();
    const services = await rows().locator(".service").allTextContents();
    assert.deepEqual([...new Set(services)], ["Sentry"]);
    await page.getByRole("radio", { name: "All" }).check();
    await page.getByRole("checkbox", { name: "Problems only" }).check();
    assert.equal(await rows().count(), 2);
    assert.match(await text(rows().first()), /not emulated/);
    assert.equal(await rows().nth(1).getAttribute("data-kind"), "failed");
    await page.getByRole("checkbox", { name: "Problems only" }).uncheck();
    const before = await rows().count();
    await page.getByRole("button", { name: "Pause" }).click();
    await send(world, "github", "GET", "/api/v3/user");
    await page.getByRole("button", { name: "Resume (1 new)" }).waitFor();
    assert.equal(await rows().count(), before);
    await page.getByRole("button", { name: /Resume/ }).click();
    assert.equal(await rows().count(), before + 1);
    await assertSound();
  });

  it("shows hostile names as text", async () => {
    await world.close();
    world = await startWorld({ images: async () => [{ ...image, repository: hostileName }] });
    await fill(world, hostileName);
    const path = `/api/v3/repos/acme/${encodeURIComponent(hostileName)}?q=${hostileName}`;
    await send(world, "github", "GET", path).catch((error: unknown) => error);
    await open();
    await shows(".card[data-service=circleci] .name", hostileName);
    await shows(".card[data-service=registry] .name", hostileName);
    const row = rows().filter({ hasText: "POST" }).filter({ hasText: "/api/v2/context" });
    await row.locator(".line").click();
    await row.getByRole("region", { name: "Request body" }).waitFor();
    assert.equal(await page.locator("main img, main script").count(), 0);
    assert.equal(await page.title(), "Delivery sandbox");
    await assertSound();
  });

  it("adds a fault, shows that it is hit, and clears it", async () => {
    await open();
    await page.getByRole("combobox", { name: "Service" }).selectOption("Render");
    await page.getByRole("combobox", { name: "Effect" }).selectOption("Rate limited (429)");
    await page.getByRole("button", { name: "Add fault" }).click();
    await shows(".fault .name", "Render: rate limited, retry after 1 s, one call");
    await assert.rejects(send(world, "render", "GET", "/v1/owners"), /429/);
    await shows(".fault .detail", "hit 1 call, used up");
    await shows(".call .pill", "fault before effect: rate limited");
    await page.getByRole("button", { name: /^Clear: Render/ }).click();
    await page.locator(".fault").waitFor({ state: "detached" });
    assert.deepEqual((await world.console("GET", "/faults")).body, []);
    await assertSound();
  });

  it("connects again when the sandbox comes back, and starts the list anew", async () => {
    await send(world, "github", "GET", "/api/v3/user");
    await open();
    await rows().first().waitFor();
    const port = Number(new URL(world.running.console.baseUrl).port);
    await world.close();
    await page.locator("#connection[data-state=lost]").waitFor();
    world = await startWorld({ ports: { console: port } });
    await send(world, "sentry", "GET", "/api/0/organizations/");
    await page.locator("#connection[data-state=live]").waitFor();
    await shows(".call .service", "Sentry");
    assert.equal(await rows().count(), 1);
  });

  for (const [width, size] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`breaks no accessibility rule and scrolls only downwards, ${width} and ${colorScheme}`, async () => {
        await world.console("POST", "/faults", { service: "github", action: { status: 500 } });
        await fill(world).catch((error: unknown) => error);
        await fill(world);
        await open({ ...size, colorScheme, reducedMotion: "reduce" });
        await shows(".card[data-service=render] .pill[data-tone=good]", "live");
        await rows().first().locator(".line").click();
        await page.getByRole("region", { name: "Request body" }).waitFor();
        assert.deepEqual(await brokenRules(page), []);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assert.ok(Number(overflow) <= 0, `the page is ${overflow} px too wide`);
        await assertSound();
      });
    }
  }
});

async function text(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? "";
}
