import assert from "node:assert/strict";
import {
  type Deciding,
  type Place,
  throwAwayValues,
  VARIABLES,
  variablesAt,
  variablesFoundAtSite,
} from "../../infra/variables.ts";

describe("the chain's variables", () => {
  const everything: Deciding = {
    application: { settingsModule: "config.settings" },
    errors: {},
    site: { secretKey: "generate" },
    pipeline: { services: { postgres: "17.5", redis: "7.4" } },
    delivered: { username: "acme", hold: true },
  };
  const always = ["PORT", "DJANGO_ALLOWED_HOSTS", "SENTRY_ENVIRONMENT", "SENTRY_RELEASE"];
  const cases: [what: string, place: Place, deciding: Deciding, names: readonly string[]][] = [
    ["of every site", "site", { site: { secretKey: "value" } }, always],
    ["of a site that reports errors", "site", { errors: {}, site: { secretKey: "value" } }, [...always, "SENTRY_DSN"]],
    ["of a site whose key Render makes", "site", { site: { secretKey: "generate" } }, [...always, "DJANGO_SECRET_KEY"]],
    [
      "of a site with settings of its own",
      "site",
      { application: { settingsModule: "a.b" }, site: { secretKey: "value" } },
      [...always, "DJANGO_SETTINGS_MODULE"],
    ],
    ["of a site with a database", "site", { database: {}, site: { secretKey: "value" } }, [...always, "DATABASE_URL"]],
    [
      "of the checks with a database",
      "checks",
      { pipeline: { services: { postgres: "17.5" } } },
      ["DJANGO_SETTINGS_MODULE", "DJANGO_SECRET_KEY", "SECRET_KEY", "DATABASE_URL"],
    ],
    ["of a context without Sentry and delivery", "context", {}, []],
    ["of a context with Sentry", "context", { errors: {} }, ["SENTRY_DSN", "SENTRY_ENVIRONMENT"]],
    ["of a context with delivery", "context", { delivered: { hold: false } }, ["RENDER_API_KEY", "RENDER_SERVICE_ID"]],
    [
      "of a delivery with everything",
      "context",
      everything,
      [
        "SENTRY_DSN",
        "SENTRY_ENVIRONMENT",
        "RENDER_API_KEY",
        "RENDER_SERVICE_ID",
        "REGISTRY_USERNAME",
        "REGISTRY_PASSWORD",
        "SENTRY_AUTH_TOKEN",
        "DELIVERY_HOLD",
      ],
    ],
  ];
  for (const [what, place, deciding, names] of cases)
    it(`${what} are ${names.join(", ") || "none"}`, () => {
      assert.deepEqual(new Set(variablesAt(place, deciding)), new Set(names));
    });

  it("each reach a place, when everything is on", () => {
    const reached = (["build", "checks", "context", "site"] as const).flatMap((place): string[] =>
      variablesAt(place, everything),
    );
    assert.deepEqual(new Set(reached), new Set(Object.keys(VARIABLES)));
  });

  it("have a value in the checks that guards nothing, where settings do not load without one", () => {
    const DJANGO_SECRET_KEY = "only-for-tests";
    assert.deepEqual(throwAwayValues([]), { DJANGO_SECRET_KEY });
    assert.deepEqual(throwAwayValues(["SECRET_KEY", "OTHER"]), { DJANGO_SECRET_KEY, SECRET_KEY: "only-for-tests" });
  });

  it("are found by settings in a site also where only the image has them", () => {
    assert.ok(variablesFoundAtSite({}).includes("DJANGO_SETTINGS_MODULE"));
  });
});
