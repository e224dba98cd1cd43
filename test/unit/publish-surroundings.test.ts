/** Where a report is published, as CircleCI's variables or the command line say. */
import assert from "node:assert/strict";
import { isReportOf, markerLine, outcomeIn } from "../../cli/publish/marker.ts";
import { shortened } from "../../cli/publish/status.ts";
import { artifactUrl, surroundings } from "../../cli/publish/surroundings.ts";

const JOB = {
  CIRCLE_PROJECT_USERNAME: "acme",
  CIRCLE_PROJECT_REPONAME: "delivery",
  CIRCLE_SHA1: "4c884f7adccb828d0881882854ec69eda602a6e7",
  CIRCLE_BUILD_URL: "https://circleci.com/gh/acme/delivery/62",
  CIRCLE_WORKFLOW_JOB_ID: "7a9c3cac-d77c-44bf-9a01-310c628fedd3",
  CIRCLE_NODE_INDEX: "0",
};

describe("the surroundings of a report", () => {
  it("are read from the variables of an OAuth project's job", () => {
    const CIRCLE_PULL_REQUESTS = "https://github.com/acme/delivery/pull/7,https://github.com/acme/delivery/pull/9";
    const CIRCLE_PULL_REQUEST = "https://github.com/acme/delivery/pull/9";
    assert.deepEqual(surroundings({ ...JOB, CIRCLE_PULL_REQUESTS, CIRCLE_PULL_REQUEST }), {
      repository: "acme/delivery",
      commit: JOB.CIRCLE_SHA1,
      pullRequests: [7, 9],
      pullRequestGiven: false,
      isFork: false,
      jobUrl: JOB.CIRCLE_BUILD_URL,
    });
  });

  it("are read from those of an App project's job, which are fewer", () => {
    const { pullRequests } = surroundings({ ...JOB, CIRCLE_PULL_REQUEST: "https://github.com/Acme/delivery/pull/3" });
    assert.deepEqual(pullRequests, [3]);
    assert.deepEqual(surroundings(JOB).pullRequests, []);
  });

  it("leave out pull requests of another repository, and what is no pull request", () => {
    for (const url of ["https://github.com/other/delivery/pull/3", "https://github.com/acme/delivery/issues/3", "7"])
      assert.deepEqual(surroundings({ ...JOB, CIRCLE_PULL_REQUEST: url }).pullRequests, []);
  });

  it("tell a fork by who made the pull request", () => {
    assert.equal(surroundings({ ...JOB, CIRCLE_PR_USERNAME: "stranger" }).isFork, true);
    assert.equal(surroundings({ ...JOB, CIRCLE_PR_USERNAME: "acme" }).isFork, false);
  });

  it("are overridden by what is given, and have to name a repository", () => {
    const given = { repository: "other/site", commit: "0".repeat(40), pullRequest: 1, jobUrl: "https://ci.example/1" };
    const expected = { pullRequests: [1], pullRequestGiven: true, isFork: false };
    const { pullRequest: _, ...rest } = given;
    assert.deepEqual(surroundings(JOB, given), { ...rest, ...expected });
    assert.throws(() => surroundings({}), /no repository is named(.|\n)*--repository owner\/name/);
    assert.throws(() => surroundings({}, { repository: "https://github.com/a/b" }), /no repository is named/);
    assert.throws(() => surroundings(JOB, { commit: "main" }), /"main" is no commit's id/);
  });

  it("give the address of an artifact of this job, and none for what is no artifact", () => {
    assert.equal(
      artifactUrl(JOB, "./reports/preview prod.html"),
      "https://output.circle-artifacts.com/output/job/7a9c3cac-d77c-44bf-9a01-310c628fedd3/artifacts/0/reports/preview%20prod.html",
    );
    assert.equal(artifactUrl(JOB, "/tmp/preview.html"), undefined);
    assert.equal(artifactUrl(JOB, "../preview.html"), undefined);
    assert.equal(artifactUrl({}, "preview.html"), undefined);
    assert.equal(artifactUrl({ ...JOB, CIRCLE_BUILD_URL: "https://circleci.acme.example/1" }, "a.html"), undefined);
  });
});

describe("the marker of a comment", () => {
  it("holds any stack's name, and cannot be ended by it", () => {
    for (const stack of ["prod", "--> <b>", "a--b", "über", "50%"]) {
      const line = markerLine(stack, "replaces or deletes");
      assert.match(line, /^<!-- [^-]*(-?[^->])* -->$/);
      assert.ok(isReportOf(`${line}\ntext`, stack), stack);
      assert.equal(outcomeIn(line), "replaces or deletes");
    }
  });

  it("counts at the very start only, and for its own stack", () => {
    const line = markerLine("prod", "changes");
    assert.equal(isReportOf(`> ${line}`, "prod"), false);
    assert.equal(isReportOf(line, "pro"), false);
    assert.equal(outcomeIn("<!-- delivery:report stack=%FF outcome=%E0%A4%A -->"), undefined);
  });
});

describe("the description of a commit status", () => {
  it("is one line of at most 140 characters, cut between characters", () => {
    assert.equal(shortened("2 changes:\n\u001b[31m deploys\u0000 it"), "2 changes: [31m deploys it");
    const long = shortened("🚀".repeat(200));
    assert.deepEqual([[...long].length, long.endsWith("🚀…")], [140, true]);
    assert.equal(shortened("x".repeat(140)), "x".repeat(140));
  });
});
