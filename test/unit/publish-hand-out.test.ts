/** Where a report goes, and what is left of it when GitHub refuses. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { handOut, type ReportOptions } from "../../cli/publish/index.ts";
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";
import { openPullRequest, type PullRequest } from "../e2e/support/pull-request.ts";
import { sandboxConsole } from "../e2e/support/sandbox-console.ts";
import { plainReport } from "./support/plain-report.ts";

describe("handing out a report", () => {
  let folder: string;
  let services: RunningServices;
  let pullRequest: PullRequest;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-report-test-"));
    services = await startServices({ dbFile: ":memory:" });
    pullRequest = await openPullRequest(services);
  });
  after(async () => {
    await services?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (options: ReportOptions) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const { signal } = new AbortController();
    const context = { env: pullRequest.job, signal, stdout, stderr: stderr as unknown as NodeJS.WriteStream };
    const error = await handOut(plainReport(), options, context).catch((reason: Error) => reason);
    return { error, printed: String(stdout.read() ?? ""), said: String(stderr.read() ?? "") };
  };
  const { headline } = plainReport();

  it("prints it, as text or as JSON, and writes the files that were asked for, with their folders", async () => {
    const [markdown, html] = [join(folder, "a/report.md"), join(folder, "b/c/report.html")];
    const { error, printed } = await run({ markdown, html });
    assert.equal(error, undefined);
    for (const text of [printed, await readFile(markdown, "utf8"), await readFile(html, "utf8")])
      assert.match(text.replaceAll(/\s+/g, " "), new RegExp(headline));
    assert.equal(JSON.parse((await run({ json: true })).printed).headline, headline);
  });

  it("loses nothing when GitHub refuses, names the permission, and fails", async () => {
    const refusal = { status: 403, body: { message: "Resource not accessible by personal access token" } };
    const path = "/api/v3/repos/acme/delivery/statuses/*";
    await sandboxConsole(services.console.baseUrl).fault({ service: "github", method: "POST", path, action: refusal });
    const html = join(folder, "refused.html");
    const { error, printed } = await run({ html, publish: true });
    assert.match(error?.message ?? "", /The report is complete(.|\n)*403(.|\n)*"Commit statuses: read and write"/);
    assert.match(printed, /Preview of prod/);
    assert.ok((await readFile(html, "utf8")).includes("repository"));
    assert.equal((await pullRequest.comments()).length, 1);
  });

  it("says why a file cannot be written", async () => {
    await writeFile(join(folder, "file"), "");
    const { error } = await run({ html: join(folder, "file/report.html") });
    assert.match(error?.message ?? "", /The report cannot be written: E/);
  });
});
