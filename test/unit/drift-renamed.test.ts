import assert from "node:assert/strict";
import type { Reading } from "../../cli/drift/readings.ts";
import { renameNotes } from "../../cli/drift/renamed.ts";

const REPOSITORY = "github:index/repository:Repository";
const PROJECT = "sentry:index/sentryProject:SentryProject";
const TEAM = "sentry:index/sentryTeam:SentryTeam";

describe("drift: what is called otherwise now", () => {
  const notes = (type: string, before: object, now: object | undefined): string[] => {
    const reading = { urn: "urn", type, remembered: { outputs: before }, found: now && { outputs: now } };
    return renameNotes([{ ...reading, differing: {}, steps: [] } as unknown as Reading]);
  };
  const followed = (said: string, ...settings: [key: string, value: string][]): string[] => {
    const commands = settings.map(
      ([key, value]) => `npm run pulumi -- config set --path '${key}' ${value} --plaintext`,
    );
    return [`${said}. An up would undo that; the stack's file follows it by: ${commands.join(" && ")}`];
  };
  const site = { fullName: "acme/site", defaultBranch: "main" };

  it("names a repository's new name, its new owner, and its new default branch", () => {
    assert.deepEqual(
      notes(REPOSITORY, site, { ...site, fullName: "acme/website" }),
      followed("acme/site is called acme/website now", ["delivery:repository.name", "website"]),
    );
    assert.deepEqual(
      notes(REPOSITORY, site, { ...site, fullName: "umbrella/site" }),
      followed("acme/site is called umbrella/site now", ["github:owner", "umbrella"]),
    );
    assert.deepEqual(
      notes(REPOSITORY, site, { ...site, defaultBranch: "trunk" }),
      followed("The default branch of acme/site is trunk now, and was main", ["delivery:pipeline.branch", "trunk"]),
    );
  });

  it("names the new slugs at Sentry", () => {
    const before = { organization: "acme", slug: "site" };
    const now = { organization: "acme", slug: "shop" };
    for (const [type, kind] of [
      [PROJECT, "project"],
      [TEAM, "team"],
    ] as const)
      assert.deepEqual(
        notes(type, before, now),
        followed(`Sentry's ${kind} acme/site is called acme/shop now`, [`delivery:errors.${kind}`, "shop"]),
      );
  });

  it("says nothing of what has its name, is gone, or of what the state does not know", () => {
    for (const [before, now] of [
      [site, site],
      [site, { ...site, fullName: "Acme/Site" }],
      [site, undefined],
      [{}, site],
      [site, {}],
      [{ fullName: { secret: 1 } }, site],
    ] as const)
      assert.deepEqual(notes(REPOSITORY, before, now), []);
    assert.deepEqual(notes("render:index:WebService", { slug: "a" }, { slug: "b" }), []);
  });
});
