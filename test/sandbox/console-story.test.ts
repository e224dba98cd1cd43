/** Pull requests and pipelines on the console's page, in a browser. */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { brokenRules } from "./console-axe.ts";
import { INSTALL_MS, launchBrowser, openPage, type WatchedPage } from "./console-browser.ts";
import { assertNoSecret } from "./console-world.ts";
import { type StoryWorld, startStoryWorld } from "./story-world.ts";

const WIDTHS = [1280, 390];

describe("the console's pull requests and pipelines in a browser", function () {
  this.timeout(180_000);
  let browser: Browser | undefined;
  let world: StoryWorld;
  let watched: WatchedPage;

  before(async function () {
    this.timeout(INSTALL_MS);
    browser = await launchBrowser();
    if (!browser) this.skip();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    world = await startStoryWorld();
    await world.makeChain();
  });
  afterEach(async () => {
    await watched?.page.context().close();
    await world.close();
  });

  it("lead from an opened pull request over its checks to its merge", async () => {
    assert.ok(browser);
    watched = await openPage(browser, world.running.console.baseUrl, { viewport: { width: 1280, height: 900 } });
    const { page } = watched;
    page.setDefaultTimeout(60_000);
    await page.getByRole("button", { name: "Open a pull request" }).click();
    const pull = page.locator("#pulls-list .entry");
    await pull.locator("summary", { hasText: "#1 Say more on the front page" }).click();
    await pull.getByText("At least 1 approving review is required").waitFor();
    await pull.locator(".diff [data-kind=added]", { hasText: "Changed by pull request 1." }).waitFor();
    await pull.getByRole("button", { name: "Approve" }).click();
    await pull.locator("summary", { hasText: "success" }).first().waitFor();
    await pull.locator("li", { hasText: "acme-ops" }).getByText("approved").waitFor();
    await pull.getByRole("button", { name: "Merge" }).click();
    await pull.locator("summary", { hasText: "merged" }).waitFor();
    const merge = page.locator("#pipelines-list .entry").first();
    await merge.locator("summary", { hasText: "branch main" }).click();
    await merge.getByRole("heading", { name: "test success" }).waitFor();
    assertNoSecret(world, await page.content());
    assert.deepEqual(watched.complaints, []);
  });

  it("show a red check and a refused merge, wide and narrow, in light and dark", async () => {
    assert.ok(browser);
    watched = await openPage(browser, world.running.console.baseUrl, { reducedMotion: "reduce" });
    const { page } = watched;
    page.setDefaultTimeout(60_000);
    await page.getByRole("button", { name: "Open one that breaks a test" }).click();
    await page.locator("#pulls-list summary", { hasText: "failure" }).click();
    await page.getByText('Required status check "ci/circleci: test" is failing.').waitFor();
    await page.locator("#pipelines-list summary", { hasText: "failed" }).first().click();
    await page.locator("pre", { hasText: "1 test failed" }).waitFor();
    await page.getByRole("button", { name: "Merge" }).click();
    await page.locator("#pulls-message", { hasText: "Repository rule violations found" }).waitFor();
    for (const width of WIDTHS) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await brokenRules(page), []);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assert.ok(Number(overflow) <= 0, `the page is ${overflow} px too wide at ${width} px`);
      }
    }
    // The refusal is an answer with an error's status, which the browser tells of.
    assert.deepEqual(
      watched.complaints.filter((one) => !one.includes("409")),
      [],
    );
  });
});
