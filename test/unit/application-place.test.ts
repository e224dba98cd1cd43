import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { applicationPlace } from "../../infra/application/place.ts";
import { projectRoot } from "../../lib/project-folder.ts";
import { makeFolder, removeFolder } from "./support/configuration.ts";

describe("application's place in its repository", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeFolder({
      "repository/site/Dockerfile": "FROM scratch",
      "repository/docker/web.Dockerfile": "FROM scratch",
      "elsewhere/Dockerfile": "FROM scratch",
    });
    await mkdir(join(folder, "repository", ".git"));
  });
  afterEach(() => removeFolder(folder));

  const place = (path: string, dockerfile?: string, workingDirectory?: string) =>
    applicationPlace({
      application: { path: join(folder, path) },
      image: dockerfile === undefined ? undefined : { dockerfile: join(folder, dockerfile) },
      pipeline: { workingDirectory },
    });

  it("is the root of its own repository", () => {
    assert.equal(place("repository").workingDirectory, ".");
    assert.equal(place("elsewhere").workingDirectory, ".");
  });

  it("is a folder of a repository that holds more", () => {
    assert.deepEqual(place("repository/site"), { workingDirectory: "site", dockerfile: "Dockerfile" });
  });

  it("is where the configuration says", () => {
    assert.equal(place("elsewhere", undefined, "services/site").workingDirectory, "services/site");
  });

  it("is the root in a sandbox, whose application is part of this program", () => {
    assert.equal(
      applicationPlace({ application: { path: join(projectRoot, "sandbox", "app") } }).workingDirectory,
      ".",
    );
  });

  it("has its Dockerfile anywhere in the repository, but not outside", () => {
    assert.equal(place("repository/site", "repository/docker/web.Dockerfile").dockerfile, "../docker/web.Dockerfile");
    assert.equal(place("repository/site", "elsewhere/Dockerfile").dockerfile, undefined);
  });
});
