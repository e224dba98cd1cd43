/** What adopt does with an application that is a folder of a larger repository, whose pipeline is the team's. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Around } from "../../cli/adopt/around.ts";
import { resolveNames } from "../../cli/adopt/names.ts";
import { findRepository } from "../../cli/adopt/services/github.ts";
import { makeFolder, removeFolder } from "./support/configuration.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

describe("adopt: a folder of a larger repository", () => {
  const site = "/api/v3/repos/acme/site";
  let services: RecoverySearch;
  let folder: string;
  before(async () => {
    folder = await makeFolder({ "all/backend/manage.py": "" });
    await mkdir(join(folder, "all", ".git"));
    services = await RecoverySearch.start();
    await services.make("github", "POST", "/api/v3/orgs/acme/repos", { name: "site", auto_init: true });
    for (const file of ["Dockerfile", "backend/Dockerfile", ".circleci/config.yml"])
      await services.make("github", "PUT", `${site}/contents/${file}`, { message: file, content: "YQ==" });
    const { commit } = await services.make("github", "GET", `${site}/branches/main`);
    await services.make("github", "POST", `${site}/git/refs`, { ref: "refs/heads/change", sha: commit.sha });
    const change = { message: "x", content: "YQ==", branch: "change" };
    const { commit: head } = await services.make("github", "PUT", `${site}/contents/x`, change);
    await services.make("github", "POST", `${site}/pulls`, { title: "x", head: "change", base: "main" });
    const status = { state: "success", context: "ci/circleci: test" };
    await services.make("github", "POST", `${site}/statuses/${head.sha}`, status);
  });
  after(async () => {
    await services?.close();
    await removeFolder(folder);
  });

  const find = (path: string) => {
    const given = { repository: "acme/site", path: join(folder, path) };
    const configured = () => undefined;
    const names = resolveNames(given, configured, "prod", {});
    const around: Around = {
      ...{ env: services.env, signal: new AbortController().signal, given, names, configured },
      isOffByAdoption: () => false,
      isInState: () => false,
    };
    return findRepository(around);
  };

  it("takes in the Dockerfile that lies there, and the pipeline's file at the root", async () => {
    const { ids } = await find("all/backend");
    assert.equal(ids["repository-dockerfile"], "site:backend/Dockerfile:main");
    assert.equal(ids["repository-pipeline-file"], "site:.circleci/config.yml:main");
    assert.equal((await find("all")).ids["repository-dockerfile"], "site:Dockerfile:main");
  });

  it("names the checks that pull requests have, which nothing requires", async () => {
    const { notes, settings } = await find("all/backend");
    assert.deepEqual(notes, [
      "No check is required to merge. Recent pull requests have ci/circleci: test: repository.ruleset.requiredChecks can require them.",
    ]);
    assert.equal(settings.find(({ key }) => key === "repository.pipelineFile")?.value, "observed");
  });
});
