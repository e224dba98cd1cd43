import assert from "node:assert/strict";
import { loadWith, makeFolder, removeFolder, tokens, validConfig } from "./support/configuration.ts";
import { isSecret, known } from "./support/mock-engine.ts";

describe("configuration", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({ "manage.py": "print()", Dockerfile: "FROM scratch" });
  });
  after(() => removeFolder(folder));

  /** Loads the valid configuration with changes that must be refused; gives the message. */
  async function refusal(
    changes: Record<string, unknown>,
    options: Parameters<typeof loadWith>[2] = {},
  ): Promise<string> {
    return loadWith(folder, changes, options).then(
      () => assert.fail("the configuration was accepted"),
      (error: Error) => error.message,
    );
  }

  const base = (key: string): Record<string, unknown> => validConfig(folder)[key] as Record<string, unknown>;
  const withImage = (changes: Record<string, unknown>) => ({
    "delivery:image": { ...base("delivery:image"), ...changes },
  });
  const withSite = (changes: Record<string, unknown>) => ({
    "delivery:site": { ...base("delivery:site"), ...changes },
  });

  describe("that is accepted", () => {
    it("gets its defaults", async () => {
      const configuration = await loadWith(folder, {}, { stack: "staging" });
      assert.equal(configuration.environment, "staging");
      assert.equal(configuration.declares, "all");
      assert.equal(configuration.protect, false);
      assert.equal(configuration.image?.delivery, "build");
      assert.deepEqual(configuration.image?.platforms, ["linux/amd64"]);
      assert.equal(configuration.repository?.visibility, "private");
      assert.deepEqual(configuration.repository?.ruleset?.bypass, [{ actorType: "RepositoryRole", actorId: 5 }]);
      assert.equal(configuration.site?.secretKey, "generate");
    });

    it("gets the names that follow from the application's and the environment's", async () => {
      const configuration = await loadWith(folder, { "delivery:environment": "production" });
      assert.equal(configuration.repository?.name, "site");
      assert.equal(configuration.errors?.team, "site");
      assert.equal(configuration.errors?.project, "site");
      assert.equal(configuration.pipeline?.context, "site-production");
      assert.equal(configuration.site?.name, "site-production");
    });

    it("takes either slug of the organization for the same, and other capitals of its name", async () => {
      for (const organization of ["gh/acme", "github/acme", "gh/Acme", "github/Acme"]) {
        const configuration = await loadWith(folder, { "delivery:pipeline": { organization } });
        assert.equal(configuration.pipeline?.organization, organization.replace("github/", "gh/"));
      }
    });

    it("keeps the names that it gives", async () => {
      const configuration = await loadWith(folder, {
        "delivery:repository": { name: "Acme.Site" },
        "delivery:pipeline": { organization: "gh/acme", context: "web" },
        ...withSite({ name: "www" }),
      });
      assert.equal(configuration.repository?.name, "Acme.Site");
      assert.equal(configuration.pipeline?.context, "web");
      assert.equal(configuration.site?.name, "www");
    });

    it("protects in production, unless it says otherwise", async () => {
      assert.equal((await loadWith(folder, { "delivery:production": "true" })).protect, true);
      assert.equal(
        (await loadWith(folder, { "delivery:production": "true", "delivery:protect": "false" })).protect,
        false,
      );
      assert.equal((await loadWith(folder, { "delivery:protect": "true" })).protect, true);
    });

    const tokenOf = {
      repository: "GITHUB_TOKEN",
      pipeline: "CIRCLE_TOKEN",
      errors: "SENTRY_AUTH_TOKEN",
      site: "RENDER_API_KEY",
    } as const;
    for (const [part, token] of Object.entries(tokenOf))
      it(`may leave out ${part} and its token`, async () => {
        const environment = { ...tokens, [token]: undefined };
        const configuration = await loadWith(folder, { [`delivery:${part}`]: "off" }, { environment });
        assert.equal(configuration[part as keyof typeof tokenOf], undefined);
      });

    it("may switch off the ruleset and the context, also as YAML's false", async () => {
      for (const off of ["off", false]) {
        const configuration = await loadWith(folder, {
          "delivery:repository": { ruleset: off },
          "delivery:pipeline": { organization: "gh/acme", context: "off" },
        });
        assert.equal(configuration.repository?.ruleset, undefined);
        assert.equal(configuration.pipeline?.context, undefined);
      }
    });

    it("takes what is GitHub's limit, and an empty description", async () => {
      const topics = Array.from({ length: 20 }, (_, index) => `t${index}`);
      const bypass = [
        { actorType: "Team", actorId: 1 },
        { actorType: "OrganizationAdmin" },
        { actorType: "DeployKey" },
      ];
      const repository = { description: "", topics, ruleset: { reviews: 10, bypass } };
      const pipeline = { organization: "gh/acme", branch: "feature/#12@home" };
      const configuration = await loadWith(folder, {
        "delivery:repository": repository,
        "delivery:pipeline": pipeline,
      });
      assert.partialDeepStrictEqual(configuration.repository, repository);
      assert.equal(configuration.pipeline?.branch, pipeline.branch);
    });

    it("marks the password and the secret variables as secret, even when they stand there in plain", async () => {
      const configuration = await loadWith(folder, { "delivery:secretVariables": { DATABASE_URL: "postgres://x" } });
      const { DATABASE_URL } = configuration.secretVariables;
      assert.ok(configuration.image?.password && DATABASE_URL);
      assert.equal(await isSecret(configuration.image.password), true);
      assert.equal(await isSecret(DATABASE_URL), true);
      assert.equal(await known(DATABASE_URL), "postgres://x");
    });

    it("takes numbers and truth values, which the engine's own parser makes, for texts", async () => {
      const configuration = await loadWith(folder, {
        ...withSite({ variables: { WORKERS: 2, DEBUG: false } }),
        ...withImage({ revision: 3 }),
      });
      assert.deepEqual(configuration.site?.variables, { WORKERS: "2", DEBUG: "false" });
      assert.equal(configuration.image?.revision, "3");
    });
  });

  describe("that is refused", () => {
    it("names the stack's file, and what writes it, when there is none", async () => {
      const none = Object.fromEntries(Object.keys(validConfig(folder)).map((key) => [key, undefined]));
      for (const [environment, file] of [
        [{}, "Pulumi.prod.yaml"],
        [{ PULUMI_OPTION_CONFIG_FILE: "elsewhere/prod.yaml" }, "elsewhere/prod.yaml"],
      ] as const) {
        const message = await refusal(none, { environment, stack: "prod" });
        assert.match(message, /has a problem; nothing was changed/);
        assert.ok(message.includes(`${file} is not there`) && message.includes("delivery init prod"), message);
      }
    });

    it("tells every problem at once, each with its key and the command that mends it", async () => {
      const message = await refusal(
        {
          "delivery:application": undefined,
          "delivery:image": { repository: "acme/site:latest" },
          "delivery:site": { ...base("delivery:site"), plan: "huge" },
        },
        { environment: {}, stack: "prod" },
      );
      assert.match(message, /^The configuration of stack "prod" has 8 problems; nothing was changed\./);
      for (const line of [
        "GITHUB_TOKEN is not in the environment; delivery:repository needs it",
        "CIRCLE_TOKEN is not in the environment; delivery:pipeline needs it",
        "SENTRY_AUTH_TOKEN is not in the environment; delivery:errors needs it",
        "RENDER_API_KEY is not in the environment; delivery:site needs it",
        "delivery:application.name is missing: the application's name",
        "npm run pulumi -- config set --stack prod --path 'delivery:application.name' site --plaintext",
        "delivery:application.path is missing: the folder of the Django project",
        "delivery:image.repository is not a registry's repository, in lower case, without a tag",
        "delivery:site.plan is not one of starter, standard, pro",
        "npm run pulumi -- config set --stack prod --path 'delivery:site.plan' starter --plaintext",
      ])
        assert.ok(message.includes(line), `${line}\n\nis not in\n\n${message}`);
    });

    it("asks for the settings of a part that is not mentioned", async () => {
      const message = await refusal({ "delivery:errors": undefined });
      assert.match(message, /delivery:errors\.organization is missing: the slug of the Sentry organization/);
    });

    it("says of a key that is removed why, and takes neither of its values", async () => {
      for (const issueAlert of ["team", "off"]) {
        const message = await refusal({ "delivery:errors": { organization: "acme", issueAlert } });
        assert.match(
          message,
          /delivery:errors\.issueAlert is removed: Sentry has shut(.|\n)*mails the team\n +npm run pulumi -- config rm --stack prod --path 'delivery:errors\.issueAlert'/,
        );
      }
    });

    it("suggests the key that was meant", async () => {
      const message = await refusal({
        "delivery:aplication": {},
        ...withImage({ buildArgument: { A: "1" } }),
        "delivery:repository": { ruleset: { review: 1 } },
      });
      assert.match(
        message,
        /delivery:aplication is not known; did you mean application\?\n +npm run pulumi -- config rm --stack prod --path 'delivery:aplication'/,
      );
      assert.match(message, /delivery:image\.buildArgument is not known; did you mean buildArguments\?/);
      assert.match(message, /delivery:repository\.ruleset\.review is not known; did you mean reviews\?/);
    });

    it("names a key that landed in the namespace of a project of another name", async () => {
      assert.match(
        await refusal({ "website:production": "true" }, { project: "website" }),
        /website:production is not read: the chain's keys start with `delivery:`.*\n +npm run pulumi -- config rm --stack prod --path 'website:production'/,
      );
      await loadWith(folder, { "aws:region": "eu-central-1" }, { project: "website" });
    });

    it("lists what is known when nothing is near", async () => {
      assert.match(
        await refusal({ "delivery:pipeline": { organization: "gh/acme", xyzzy: 1 } }),
        /xyzzy is not known; known are organization, context, .*, branch$/m,
      );
    });

    it("asks for a secret without showing how to put it into the shell's history", async () => {
      const message = await refusal({ "delivery:image": { repository: "acme/site", username: "acme" } });
      assert.match(
        message,
        /delivery:image\.password is missing.*\n +npm run pulumi -- config set --stack prod --secret --path 'delivery:image\.password'\n/,
      );
    });

    it("never shows a configured value", async () => {
      const message = await refusal({
        "delivery:image": { repository: "acme/site", username: "acme", password: { hunter2: "hunter2" } },
        "delivery:secretVariables": { "not-a-name": "hunter3" },
      });
      assert.doesNotMatch(message, /hunter/);
      assert.match(message, /delivery:image\.password is not a string/);
      assert.match(message, /delivery:secretVariables\.not-a-name is not a name that an environment variable can have/);
    });

    const cases: [problem: string, changes: () => Record<string, unknown>, message: RegExp][] = [
      [
        "a name that a service refuses",
        () => ({ "delivery:application": { name: "My Site", path: folder } }),
        /application\.name is not the application's name/,
      ],
      [
        "a stack whose name is no environment's",
        () => ({ "delivery:environment": "Prod_1" }),
        /delivery:environment is not the environment's name/,
      ],
      [
        "a part of the wrong kind",
        () => ({ "delivery:site": "on" }),
        /delivery:site is not a map\n +npm run pulumi -- config rm --stack prod --path 'delivery:site'\n/,
      ],
      [
        "a list of the wrong kind",
        () => ({ "delivery:repository": { topics: "django" } }),
        /delivery:repository\.topics is not a list\n +npm run pulumi -- config rm --stack prod --path 'delivery:repository\.topics' && npm run pulumi -- config set --stack prod --path 'delivery:repository\.topics\[0\]' django --plaintext\n/,
      ],
      [
        "a list that holds nothing",
        () => ({ "delivery:pipeline": { organization: "gh/acme", install: null } }),
        /delivery:pipeline\.install is empty\n +npm run pulumi -- config rm --stack prod --path 'delivery:pipeline\.install' && npm run pulumi -- config set --stack prod --path 'delivery:pipeline\.install\[0\]' pytest --plaintext\n/,
      ],
      [
        "a key that is written with its path",
        () => ({ "delivery:site.instances": 2 }),
        /delivery:\["site\.instances"\] is not known; .*\n +npm run pulumi -- config rm --stack prod --path 'delivery:\["site\.instances"\]'\n/,
      ],
      [
        "a name that a path would be split at",
        () => ({ "delivery:secretVariables": { "a.b": "x" } }),
        /delivery:secretVariables\["a\.b"\] is not a name .*\n +npm run pulumi -- config rm --stack prod --path 'delivery:secretVariables\["a\.b"\]'\n/,
      ],
      [
        "a port that is none",
        () => ({ "delivery:image": { repository: "acme/site", port: "http" } }),
        /delivery:image\.port is not a number: .*\n +npm run pulumi -- config set --stack prod --path 'delivery:image\.port' 8000 --plaintext/,
      ],
      [
        "an item of a list",
        () => ({ "delivery:repository": { topics: ["ok", "Not Ok"] } }),
        /delivery:repository\.topics\[1\] is not a topic/,
      ],
      [
        "half a review",
        () => ({ "delivery:repository": { ruleset: { reviews: 0.5 } } }),
        /ruleset\.reviews is not a whole number: how many approvals/,
      ],
      [
        "fewer than no reviews",
        () => ({ "delivery:repository": { ruleset: { reviews: -1 } } }),
        /ruleset\.reviews is less than 0/,
      ],
      [
        "a Python version that YAML read as a number",
        () => ({ "delivery:pipeline": { organization: "gh/acme", pythonVersion: 3.1 } }),
        /pythonVersion is read as a number, .*\n +write it in quotes/,
      ],
      [
        "more reviews than GitHub takes",
        () => ({ "delivery:repository": { ruleset: { reviews: 11 } } }),
        /ruleset\.reviews is more than 10/,
      ],
      [
        "more topics than GitHub takes",
        () => ({ "delivery:repository": { topics: Array.from({ length: 21 }, (_, index) => `t${index}`) } }),
        /repository\.topics has more than 20 topics/,
      ],
      [
        "a description of two lines",
        () => ({ "delivery:repository": { description: "one\ntwo" } }),
        /repository\.description is not a line of at most 350 characters/,
      ],
      [
        "a description that steers a terminal",
        () => ({ "delivery:repository": { description: "\u001b[31m" } }),
        /repository\.description is not a line/,
      ],
      [
        "a description that is too long",
        () => ({ "delivery:repository": { description: "x".repeat(351) } }),
        /repository\.description is not a line/,
      ],
      [
        "a name that GitHub keeps to itself",
        () => ({ "delivery:repository": { name: ".." } }),
        /repository\.name is not a name that GitHub takes/,
      ],
      [
        "a team without its number among the actors",
        () => ({ "delivery:repository": { ruleset: { bypass: [{ actorType: "Team" }] } } }),
        /ruleset\.bypass\[0\]\.actorId is missing: GitHub needs the number of a Team\n +npm run pulumi -- config set/,
      ],
      [
        "an app without its number",
        () => ({ "delivery:repository": { ruleset: { bypass: [{ actorType: "Integration" }] } } }),
        /bypass\[0\]\.actorId is missing/,
      ],
      [
        "a user without a number",
        () => ({ "delivery:repository": { ruleset: { bypass: [{ actorType: "User" }] } } }),
        /bypass\[0\]\.actorId is missing/,
      ],
      [
        "a role without its number",
        () => ({ "delivery:repository": { ruleset: { bypass: [{ actorType: "RepositoryRole" }] } } }),
        /bypass\[0\]\.actorId is missing/,
      ],
      [
        "a number of the organization's administrators",
        () => ({
          "delivery:repository": {
            ruleset: { bypass: [{ actorType: "DeployKey" }, { actorType: "OrganizationAdmin", actorId: 1 }] },
          },
        }),
        /bypass\[1\]\.actorId is ignored by GitHub for OrganizationAdmin\n +npm run pulumi -- config rm/,
      ],
      [
        "a number of a deploy key",
        () => ({ "delivery:repository": { ruleset: { bypass: [{ actorType: "DeployKey", actorId: 7 }] } } }),
        /bypass\[0\]\.actorId is ignored/,
      ],
      [
        "a branch that git refuses",
        () => ({ "delivery:pipeline": { organization: "gh/acme", branch: "a..b" } }),
        /pipeline\.branch is not the name of the default branch/,
      ],
      [
        "an empty list of platforms",
        () => withImage({ platforms: [] }),
        /delivery:image\.platforms is empty\n +npm run pulumi -- config set --stack prod --path 'delivery:image\.platforms\[0\]' linux\/amd64 --plaintext/,
      ],
    ];
    for (const [problem, changes, message] of cases)
      it(`has ${problem}`, async () => {
        assert.match(await refusal(changes()), message);
      });
  });
});
