/** The team's story on the emulated services: real git, real jobs of the file that the chain writes, real rules. */
import assert from "node:assert/strict";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { type Team, teamAt } from "../../sandbox/story/pull-requests.ts";
import { type StoryWorld, startStoryWorld } from "./story-world.ts";

describe("a pull request of the sandbox", function () {
  this.timeout(180_000);
  let world: StoryWorld;
  let team: Team;
  beforeEach(async () => {
    world = await startStoryWorld();
    team = teamAt(world.running.services.github.baseUrl, defaultAccount);
  });
  afterEach(() => world.close());

  it("is pushed by git, checked, reviewed and merged, and its merge is checked again", async () => {
    await world.makeChain();
    const { number } = await team.openPullRequest({ failing: false });
    const { body: pull } = await world.site("GET", `pulls/${number}`);
    assert.deepEqual([pull.user.login, pull.state], ["acme-dev", "open"]);
    const { body: files } = await world.site("GET", `pulls/${number}/files`);
    assert.deepEqual(
      files.map(({ filename }: { filename: string }) => filename),
      ["delivery/Pulumi.sandbox.yaml", "notes/templates/notes/front_page.html"],
    );
    assert.match(files[0].patch, /^- {4}plan: starter\n\+ {4}plan: standard$/m);
    assert.equal(files[0].changes + files[1].changes, 4);
    assert.equal(await world.check(pull.head.ref), "success");
    await assert.rejects(team.merge(number), /At least 1 approving review is required/);
    await team.approve(number);
    await team.merge(number);
    assert.equal((await world.site("GET", `pulls/${number}`)).body.merged, true);
    assert.equal(await world.check("main"), "success");
    const second = await team.openPullRequest({ failing: false });
    assert.equal((await world.site("GET", `pulls/${second.number}`)).body.changed_files, 2);
    await world.check(`change-the-site-${second.number}`);
  });

  it("is not merged while a test of the site fails for it", async () => {
    await world.makeChain();
    const { number } = await team.openPullRequest({ failing: true });
    await team.approve(number);
    assert.equal(await world.check(`break-the-site-${number}`), "failure");
    await assert.rejects(team.merge(number), /Required status check "ci\/circleci: test" is failing/);
  });

  it("says what is missing before the chain is there", async () => {
    await assert.rejects(team.openPullRequest({ failing: false }), /Not Found Run `npm start` first/);
  });
});
