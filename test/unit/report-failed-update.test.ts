/** What is said before and after an update that fails at a service. */
import assert from "node:assert/strict";
import { htmlReport, markdownReport, reportOf, terminalReport } from "../../cli/report/index.ts";
import { ownWords } from "../../cli/report/vendor-errors.ts";
import { alreadyExists } from "../../providers/kit/existing.ts";
import { ServiceError } from "../../providers/kit/service-error.ts";
import { eventsOf, metadataOf, previewOf, urnOf } from "./support/engine-events.ts";

const REPOSITORY = "github:index/repository:Repository";
const about = { operation: "preview", stack: "prod" } as const;
const URL = "http://127.0.0.1:4001/api/v3/repos/acme/site";
const PROBLEM = `PATCH ${URL}: 422 Validation Failed [{Resource:Repository Field:name Code:custom Message:not today}]`;
const WORDS = "GitHub answered PATCH /repos/acme/site with 422: Validation Failed: not today";
const LOGGED = `sdk-v2/provider2.go:571: sdk.helper_schema: ${PROBLEM}: provider=github@6.15.0`;
const ANSWERED = `1 error occurred:\n\t* updating ${urnOf(REPOSITORY, "repository")}: 1 error occurred:\n\t* ${PROBLEM}\n\n`;

describe("a report after a failed update", () => {
  const state = { inputs: { name: "site" }, outputs: { name: "site", fullName: "acme/site" } };

  it("takes an update without a difference for what it is: a repair", () => {
    const events = previewOf({
      ...{ op: "update", type: REPOSITORY, name: "repository", new: state },
      old: { ...state, initErrors: [ANSWERED] },
    });
    const report = reportOf(events, about);
    assert.equal(report.outcome, "changes");
    assert.equal(report.counts.update, 1);
    assert.match(
      report.headline,
      /^1 change: repairs the repository acme\/site after a failed update; nothing is replaced/,
    );
    const [change] = report.changes.flatMap(({ changes }) => changes);
    assert.deepEqual(change?.meanings, [`repairs the repository acme/site after a failed update: ${WORDS}`]);
  });

  it("is a change also where nothing tells what had failed", () => {
    const report = reportOf(previewOf({ op: "update", type: REPOSITORY, old: state, new: state }), about);
    assert.equal(report.outcome, "changes");
  });

  it("tells an error of a bridged plugin once, in words, whichever of its two forms comes first", () => {
    for (const forms of [
      [LOGGED, ANSWERED],
      [ANSWERED, LOGGED],
    ]) {
      const events = eventsOf(
        [...forms, `expected resource operations for ${urnOf(REPOSITORY, "other")} but none were seen`].map(
          (message) => ({
            diagnosticEvent: { urn: urnOf(REPOSITORY, "repository"), message: ` ${message}\n`, severity: "error" },
          }),
        ),
      );
      const { diagnostics, headline } = reportOf(events, { ...about, operation: "up", failure: "update failed" });
      assert.deepEqual(
        diagnostics.map(({ message, times }) => [message, times]),
        [[WORDS, 1]],
      );
      assert.ok(headline.endsWith(WORDS), headline);
    }
  });

  for (const [given, words] of [
    [
      `creating urn:pulumi:prod::d::a:b:C::x: 1 error occurred:\n\t* POST ${URL}: 403 Resource not accessible []\n\n`,
      "GitHub answered POST /repos/acme/site with 403: Resource not accessible",
    ],
    [
      `PUT ${URL}/topics: 422 Invalid. [{Resource:Repository Field:topics Code:invalid Message:}]`,
      "GitHub answered PUT /repos/acme/site/topics with 422: Invalid: Repository topics invalid",
    ],
    [
      `PUT ${URL}/topics: 422 Invalid. [in another form]`,
      "GitHub answered PUT /repos/acme/site/topics with 422: Invalid: in another form",
    ],
    ["Preview failed: refusing to overwrite existing file", "refusing to overwrite existing file"],
    ["the service said: 1 error occurred", "the service said: 1 error occurred"],
  ] as const)
    it(`says ${JSON.stringify(words)}`, () => assert.equal(ownWords(given), words));

  it("shows what is live, and not what was planned", () => {
    const outputs = (tag: string) => ({ site: { url: "https://site.example" }, image: { tag, digest: "" } });
    const stack = {
      ...{ op: "same", type: "pulumi:pulumi:Stack", name: "delivery-prod" },
      ...{ old: { outputs: outputs("one") }, new: { outputs: outputs("two") } },
    };
    const service = { op: "update", type: "render:index:WebService", name: "site", differs: { image: "update" } };
    const sides = { old: { inputs: { image: "a:one" } }, new: { inputs: { image: "a:two" } } };
    const failing = eventsOf([
      { resOutputsEvent: { metadata: metadataOf(stack) } },
      { resourcePreEvent: { metadata: metadataOf({ ...service, ...sides }) } },
      { resOpFailedEvent: { metadata: metadataOf({ ...service, ...sides }) } },
    ]);
    const failed = reportOf(failing, { ...about, operation: "up", failure: "the deploy failed" });
    assert.deepEqual(failed.live, { url: { value: "https://site.example" }, tag: { value: "one" } });
    const refused = reportOf(previewOf(stack), { ...about, operation: "up", failure: "refused" });
    assert.equal(refused.live?.tag?.value, "one");
    const first = reportOf(previewOf({ ...stack, old: {} }), { ...about, operation: "up", failure: "refused" });
    assert.equal(first.live, undefined);
    const done = reportOf(previewOf(stack), { ...about, operation: "up" });
    assert.equal(done.live?.tag?.value, "two");
  });
});

describe("an object that exists already", () => {
  const access = { tokenVariable: "TOKEN", permission: "all" };
  const conflict = (service: string, path: string, message: string): string =>
    new ServiceError(
      { service, method: "POST", path },
      { status: 409, body: { message }, requestId: undefined, limited: false, retryAt: undefined },
      access,
    ).message;
  const own = (kind: string, token: string): string =>
    alreadyExists({ kind, token, name: "site", importId: "id-1" }).message;
  const bridged = (said: string): string => `1 error occurred:\n\t* creating ${urnOf("a:b:C", "c")}: ${said}\n\n`;
  const messages: Readonly<Record<string, string>> = {
    "GitHub, a repository": bridged(
      `1 error occurred:\n\t* POST ${URL}: 422 Repository creation failed. [{Resource:Repository Field:name Code:custom Message:name already exists on this account}]`,
    ),
    "GitHub, a ruleset": bridged(
      `POST ${URL}/rulesets: 422 Validation Failed [{Resource: Field: Code: Message:Name must be unique}]`,
    ),
    "GitHub, a file": bridged(
      "refusing to overwrite existing file: configure `overwriteOnCreate` to `true` to override",
    ),
    "GitHub, a label": bridged(
      `POST ${URL}/labels: 422 Validation Failed [{Resource:Label Field:name Code:already_exists Message:}]`,
    ),
    "Sentry, a team": bridged("409 A team with this slug already exists."),
    "Sentry, a project": bridged('400 {"slug":["Another project (Site) is already using that slug"]}'),
    "Render, a service": own("service", "render:index:WebService"),
    "Render, a registry credential": own("registry credential", "render:index:RegistryCredential"),
    "Render, a conflict": conflict("Render", "/v1/services", "name already in use"),
    "CircleCI, a context": own("CircleCI context", "circleci:index:Context"),
    "CircleCI, a project": own("CircleCI project", "circleci:index:Project"),
    "CircleCI, a conflict": conflict("CircleCI", "/api/v2/context", "A context already exists with this name"),
  };
  const said = (message: string): string => {
    const event = { urn: urnOf(REPOSITORY, "repository"), message, severity: "error" };
    const failed = { ...about, operation: "up", failure: "update failed" } as const;
    const [diagnostic] = reportOf(eventsOf([{ diagnosticEvent: event }]), failed).diagnostics;
    return diagnostic?.message ?? "";
  };

  for (const [what, message] of Object.entries(messages))
    it(`is told with the command that takes it in: ${what}`, () => {
      assert.equal(said(message).split("npx --no delivery recover").length, 2, said(message));
    });

  it("is nothing else's error", () => {
    for (const message of ["listen tcp :80: address already in use", "Render answered 500", "it does not exist"])
      assert.equal(said(message), message);
  });
});

describe("what a run says besides", () => {
  const NOTE = "Git ignores these, and they become part of the image: db.sqlite3.";
  const logged = (message: string, severity: string, urn = "") => ({ diagnosticEvent: { urn, message, severity } });
  const report = reportOf(
    eventsOf([
      logged(NOTE, "info"),
      logged("of the stack", "info", "urn:pulumi:prod::delivery::pulumi:pulumi:Stack::delivery-prod"),
      logged("what a plugin chats", "info", urnOf(REPOSITORY, "repository")),
      logged("stray output", "info#err"),
      logged("a doubt", "warning"),
    ]),
    about,
  );

  it("is told of the program alone, in each form of the report", () => {
    const notes = report.diagnostics.filter(({ severity }) => severity === "info").map(({ message }) => message);
    assert.deepEqual(notes, [NOTE, "of the stack"]);
    const forms = {
      terminal: terminalReport(report, { colour: false, width: 200 }),
      page: htmlReport(report),
      comment: markdownReport(report),
    };
    for (const [form, text] of Object.entries(forms)) {
      assert.ok(text.includes(NOTE), form);
      assert.doesNotMatch(text, /chats|stray/, form);
      assert.ok(text.indexOf("a doubt") < text.indexOf(NOTE), form);
    }
  });
});
