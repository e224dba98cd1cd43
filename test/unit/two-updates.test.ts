import assert from "node:assert/strict";
import { refusedTogether } from "../../cli/preview/two-updates.ts";
import { eventsOf, metadataOf } from "./support/engine-events.ts";

const REPOSITORY = "github:index/repository:Repository";
const TEAM = "sentry:index/sentryTeam:SentryTeam";
const PROJECT = "sentry:index/sentryProject:SentryProject";

/** A planned change of a resource: its inputs before and after. */
interface Planned {
  readonly type: string;
  readonly op?: string;
  readonly before: object;
  readonly after: object;
}

describe("what one update cannot make together", () => {
  const refused = (...planned: readonly Planned[]): string | undefined =>
    refusedTogether(
      eventsOf(
        planned.map(({ type, op = "update", before, after }) => ({
          resourcePreEvent: {
            metadata: metadataOf({
              ...{ op, type, ...(op === "update" && { old: { inputs: { ...before }, outputs: { ...before } } }) },
              new: { inputs: { ...after } },
            }),
          },
        })),
      ),
    );

  it("is to publish a repository and have it scanned; each alone it can", () => {
    const scanned = { securityAndAnalysis: { secretScanning: { status: "enabled" } } };
    const [hidden, shown] = [{ visibility: "private" }, { visibility: "public" }];
    const update = (before: object, after: object) => refused({ type: REPOSITORY, before, after });
    assert.match(
      update(hidden, { ...shown, ...scanned }) ?? "",
      /^One update cannot make a repository public.*\n.*in two steps: first `delivery:repository.visibility: public`/,
    );
    assert.equal(update(hidden, shown), undefined);
    assert.equal(update(shown, { ...shown, ...scanned }), undefined);
    assert.equal(update({ ...hidden, ...scanned }, { ...shown, ...scanned }), undefined);
  });

  it("is to give a Sentry team and its project other slugs; each alone it can, and make both", () => {
    const moved = (type: string, op?: string): Planned => ({
      ...{ type, ...(op && { op }), before: { slug: "old", name: "a" }, after: { slug: "new", name: "a" } },
    });
    const named = (type: string): Planned => ({
      ...{ type, before: { slug: "old", name: "a" }, after: { slug: "old", name: "b" } },
    });
    assert.match(
      refused(moved(TEAM), moved(PROJECT)) ?? "",
      /^One update cannot give a Sentry team and its project other slugs.*\n.*in two steps: first with the old value of `delivery:errors\.project`/,
    );
    for (const fine of [
      [],
      [moved(TEAM), named(PROJECT)],
      [named(TEAM), moved(PROJECT)],
      [moved(PROJECT)],
      [moved(TEAM, "create"), moved(PROJECT, "create")],
    ])
      assert.equal(refused(...fine), undefined);
  });
});
