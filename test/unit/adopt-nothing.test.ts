/** `delivery adopt` where nothing of the application exists, or nobody may look. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { type Adoption, adopt } from "../../cli/adopt/index.ts";
import { adoptionText } from "../../cli/adopt/report.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { WatchablePulumi } from "../../cli/pulumi.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

const FILE = "config:\n  delivery:repository:\n    ruleset: off\n  delivery:pipeline:\n    restrictContext: false\n";

describe("adopt: nothing to adopt", () => {
  let services: RecoverySearch;
  let folder: string;
  before(async () => {
    services = await RecoverySearch.start();
    folder = await mkdtemp(join(tmpdir(), "delivery-adopt-test-"));
    await writeFile(join(folder, "Pulumi.prod.yaml"), FILE);
  });
  after(async () => {
    await services?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** An engine whose stack is empty, and which says so when something else is asked of it. */
  const runWith: WatchablePulumi["runWith"] = async (_options, ...args) => {
    const answers: Record<string, object> = { "config --json --show-secrets": {}, "stack export": { deployment: {} } };
    const answer = answers[args.join(" ")];
    assert.ok(answer, args.join(" "));
    return { code: 0, stdout: JSON.stringify(answer), stderr: "" };
  };
  const run = (env: NodeJS.ProcessEnv): Promise<Adoption> =>
    adopt({
      pulumi: { runWith, run: (...args) => runWith({}, ...args) },
      context: {
        ...{ env, signal: new AbortController().signal, stdout: new PassThrough() },
        stderr: new PassThrough() as unknown as NodeJS.WriteStream,
      },
      ...{ progress: silentProgress, stack: "prod", path: join(folder, "Pulumi.prod.yaml") },
      ...{ given: { application: "site" }, dryRun: false, keep: false },
      confirm: () => assert.fail("there is nothing to ask for"),
    });

  for (const [what, env, reasons] of [
    [
      "there is nothing",
      () => services.env,
      [/repository: .*site/, /pipeline: /, /site: /, /errors: acme has no such project at Sentry/],
    ],
    [
      "there is no token to look with",
      () => ({}),
      [/repository: not looked for: no GITHUB_TOKEN/, /site: not looked for: no RENDER_API_KEY/],
    ],
  ] as const)
    it(`says so, and why, and proposes nothing, when ${what}`, async () => {
      const adoption = await run(env());
      assert.deepEqual([adoption.changes, adoption.stricter, adoption.kept, adoption.imported], [[], [], [], []]);
      for (const dryRun of [false, true]) {
        const text = adoptionText(adoption, dryRun);
        assert.match(text, /^Nothing to adopt\. Nothing was written\.\n\nWhat was looked for:\n/);
        for (const reason of reasons) assert.match(text, reason);
        assert.doesNotMatch(text, /stricter|off\b/);
      }
      assert.deepEqual(await readdir(folder), ["Pulumi.prod.yaml"]);
    });
});
