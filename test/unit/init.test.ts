import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { z } from "zod";
import type { Listed } from "../../cli/init/accounts.ts";
import type { Question } from "../../cli/init/questions.ts";
import { ask } from "../../cli/init/terminal.ts";
import { seenChecks } from "../../cli/services/github-seen-checks.ts";
import { loadConfiguration } from "../../infra/load-configuration.ts";
import { HEADER } from "../../infra/shared/circleci-config-yml.ts";
import { APPLICATION, addFiles, tokens } from "./support/configuration.ts";
import { initWorld, NEEDED } from "./support/init-world.ts";
import { mockEngine } from "./support/mock-engine.ts";

describe("delivery init", () => {
  const { run, refusal, written, text, folder } = initWorld();

  it("takes what can be known for the rest, and writes a file that the program accepts", async () => {
    const { config, file } = await run({ given: { ...NEEDED, "application.path": join(folder(), "site") } });
    assert.deepEqual((await written()).config, config);
    assert.equal(file, join(folder(), "Pulumi.prod.yaml"));
    const image = { ...(config["delivery:image"] as object), password: "asked for by the engine" };
    await mockEngine({ config: { ...config, "delivery:image": image } });
    const configuration = loadConfiguration(tokens);
    assert.equal(configuration.application.name, "site");
    assert.equal(configuration.protect, true);
    assert.equal(configuration.pipeline?.organization, "gh/acme");
    assert.equal(configuration.image?.repository, "acme/site");
    assert.equal(configuration.errors?.organization, "acme");
  });

  it("asks for nothing that a part needs which is off", async () => {
    const given = { off: "repository,pipeline,errors,site", "image.repository": "ghcr.io/acme/site" };
    const { config, next } = await run({ given });
    for (const part of ["repository", "pipeline", "errors", "site"]) assert.equal(config[`delivery:${part}`], "off");
    assert.deepEqual(config["delivery:image"], { repository: "ghcr.io/acme/site" });
    assert.equal(config["github:owner"], undefined);
    const commands = [
      "npm run pulumi -- login file://~",
      "export PULUMI_CONFIG_PASSPHRASE=...",
      "npm run pulumi -- stack init prod",
      "npx --no delivery doctor --stack prod",
      "npx --no delivery preview --stack prod",
      "npx --no delivery up --stack prod",
    ];
    assert.deepEqual(next, commands);
  });

  it("makes a database only where it is asked for: its plan is enough", async () => {
    const { config } = await run({ given: NEEDED });
    assert.equal("delivery:database" in config, false);
    for (const given of [{ database: "off" }, { "database.plan": "off" }]) {
      const without = await run({
        given: { ...NEEDED, ...given },
        force: true,
        ask: () => assert.fail("it is answered"),
      });
      assert.ok(!("delivery:database" in without.config) || without.config["delivery:database"] === "off");
    }
    const given = { ...NEEDED, "application.path": join(folder(), "site"), "database.plan": "basic_1gb" };
    const { config: asked } = await run({ given, force: true });
    assert.deepEqual(asked["delivery:database"], { plan: "basic_1gb", version: "17" });
    const image = { ...(asked["delivery:image"] as object), password: "asked for by the engine" };
    await mockEngine({ config: { ...asked, "delivery:image": image } });
    assert.equal(loadConfiguration(tokens).database?.plan, "basic_1gb");
    const off = { off: "repository,pipeline,errors,site", "image.repository": "ghcr.io/acme/site" };
    assert.equal("delivery:database" in (await run({ given: off, force: true })).config, false, "there is no site");
    assert.match(
      await refusal({ given: { ...NEEDED, "database.plan": "starter" }, force: true }),
      /database\.plan is not one of free, .*\n +--set database\.plan=/,
    );
  });

  it("makes a cache only where it is asked for: its plan is enough", async () => {
    assert.equal("delivery:cache" in (await run({ given: NEEDED })).config, false);
    for (const given of [{ cache: "off" }, { "cache.plan": "off" }]) {
      const asked = { ...NEEDED, ...given };
      const { config } = await run({ given: asked, force: true, ask: () => assert.fail("it is answered") });
      assert.ok(!("delivery:cache" in config) || config["delivery:cache"] === "off");
    }
    const { config } = await run({ given: { ...NEEDED, "cache.plan": "starter" }, force: true });
    assert.deepEqual(config["delivery:cache"], { plan: "starter" });
    assert.match(
      await refusal({ given: { ...NEEDED, "cache.plan": "basic_1gb" }, force: true }),
      /cache\.plan is not one of free, starter.*\n +--set cache\.plan=/,
    );
  });

  it("takes any other setting, written as in the stack's file", async () => {
    const given = {
      ...NEEDED,
      "site.hosts": "[www.acme.example]",
      "site.instances": "2",
      "site.variables.WORKERS": "2",
      "pipeline.pythonVersion": "3.13",
      "repository.ruleset": "off",
    };
    const { config } = await run({ given });
    const { hosts, instances, variables } = config["delivery:site"] as Record<string, unknown>;
    assert.deepEqual(
      { hosts, instances, variables },
      {
        hosts: ["www.acme.example"],
        instances: 2,
        variables: { WORKERS: "2" },
      },
    );
    assert.equal((config["delivery:pipeline"] as Record<string, unknown>)["pythonVersion"], "3.13");
    assert.deepEqual(config["delivery:repository"], { ruleset: "off" });
  });

  it("says which answers are missing where nobody can be asked", async () => {
    const message = await refusal({ given: {} });
    assert.match(message, /^These answers are missing; nothing was written\./);
    assert.match(message, /github:owner: .*\n +--set github:owner=acme\n/);
    assert.match(message, /site\.ownerId: .*\n +--set site\.ownerId=tea-/);
    assert.doesNotMatch(message, /errors\.organization/, "it follows from the owner");
    assert.match(await refusal({ given: {}, takeDefaults: false }), /site\.plan: Plan at Render \[starter\]/);
    await assert.rejects(written(), { code: "ENOENT" });
  });

  it("refuses what the program would refuse, all of it at once, and writes nothing", async () => {
    const message = await refusal({
      given: { ...NEEDED, "site.regio": "oregon", "site.plan": "huge", "site.instances": "none", site: "{plan: free}" },
    });
    assert.match(message, /site\.regio is not known; did you mean region\?/);
    assert.match(message, /site\.plan is not one of starter, .*\n +--set site\.plan=starter/);
    assert.match(message, /site\.instances is not the number of instances/);
    assert.match(message, /site is a map, which is set one key at a time/);
    await assert.rejects(written(), { code: "ENOENT" });
  });

  it("takes an empty answer only where the program needs none", async () => {
    const { config } = await run({ given: { ...NEEDED, "image.username": "" } });
    assert.deepEqual(config["delivery:image"], { repository: "acme/site" });
    assert.match(await refusal({ given: { ...NEEDED, "site.region": "" }, force: true }), /site\.region is not one of/);
  });

  it("takes no secret, and never repeats one", async () => {
    const message = await refusal({
      given: { "image.password": "hunter2", "secretVariables.API": "hunter3", secretVariables: "{API: hunter4}" },
    });
    assert.match(
      message,
      /image\.password is a secret.*\n +npm run pulumi -- config set --stack prod --secret --path 'delivery:image\.password'/,
    );
    assert.match(message, /secretVariables\.API is a secret/);
    assert.match(message, /secretVariables is a map/);
    assert.doesNotMatch(message, /hunter/);
  });

  it("overwrites settings only when told to, and keeps what is encrypted and what is the engine's", async () => {
    await writeFile(
      join(folder(), "Pulumi.prod.yaml"),
      `# ours
encryptionsalt: v1:salt
config:
  aws:region: eu-central-1
  delivery:image: { repository: acme/old, username: acme, password: { secure: v1:cipher } }
  delivery:secretVariables: { DATABASE_URL: { secure: v1:url } }
`,
    );
    assert.match(await refusal({}), /^Pulumi\.prod\.yaml has settings of a chain already\.\n.*--force/);
    const { next } = await run({ force: true });
    const { config, ...rest } = await written();
    assert.deepEqual(rest, { encryptionsalt: "v1:salt" });
    assert.equal(config["aws:region"], "eu-central-1");
    const password = { secure: "v1:cipher" };
    assert.deepEqual(config["delivery:image"], { repository: "acme/site", username: "acme", password });
    assert.deepEqual(config["delivery:secretVariables"], { DATABASE_URL: { secure: "v1:url" } });
    assert.match(await text(), /^# ours\n/);
    assert.deepEqual(
      next.slice(0, 3),
      ["npm run pulumi -- login file://~", "export PULUMI_CONFIG_PASSPHRASE=...", "export GITHUB_TOKEN=..."],
      "the stack and its password are there",
    );
  });

  it("takes the owner that the environment names, and says so", async () => {
    const env = { GITHUB_OWNER: "octo" };
    const given = { "site.ownerId": "tea-acme" };
    const { config, notes } = await run({ given, env, takeDefaults: false, ask: async (_, offered) => offered ?? "" });
    assert.equal(config["github:owner"], "octo");
    assert.ok(notes.some((note) => /github:owner is octo.*GITHUB_OWNER/.test(note)));
    const off = { off: "repository,pipeline,errors,site", "image.repository": "ghcr.io/acme/site" };
    const { config: without } = await run({ given: off, env, force: true });
    assert.equal(without["github:owner"], undefined, "no part asks for it");
  });

  it("takes the owner that `pulumi new` has asked for", async () => {
    await writeFile(join(folder(), "Pulumi.prod.yaml"), "config:\n  github:owner: acme\n");
    const { config } = await run({ given: { "site.ownerId": "tea-acme" } });
    assert.equal(config["github:owner"], "acme");
    assert.deepEqual(config["delivery:pipeline"], { organization: "gh/acme" });
  });

  describe("where the application is there", () => {
    const given = () => ({ ...NEEDED, "application.path": join(folder(), "site") });
    const settings = (module: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")`;

    it("says how its image is made", async () => {
      const { notes } = await run({ given: given() });
      assert.deepEqual(notes, [
        "The application: dependencies by pip (requirements.txt), gunicorn serves config.wsgi, settings config.settings, Python 3.12.",
        "The application has no .dockerignore: version control, bytecode, virtual environments and caches of tools stay out of the image.",
      ]);
    });

    it("sets what its files tell, so that build, checks and site agree", async () => {
      await addFiles(folder(), {
        "site/manage.py": settings("config.settings.local"),
        "site/config/wsgi.py": settings("config.settings.production"),
        "site/config/settings/production.py": APPLICATION["config/settings.py"] ?? "",
        "site/.python-version": "3.13\n",
      });
      const { config, notes } = await run({ given: given() });
      assert.equal(
        (config["delivery:application"] as Record<string, unknown>)["settingsModule"],
        "config.settings.production",
      );
      assert.equal((config["delivery:pipeline"] as Record<string, unknown>)["pythonVersion"], "3.13");
      assert.equal(notes.filter((note) => note.startsWith("delivery:")).length, 0);
      assert.match(notes[0] ?? "", /settings config\.settings\.production, Python 3\.13\.$/);
      const told = {
        ...given(),
        "application.settingsModule": "config.settings.production",
        "pipeline.pythonVersion": "3.14",
      };
      const asked = (await run({ given: told, force: true })).config;
      assert.equal((asked["delivery:pipeline"] as Record<string, unknown>)["pythonVersion"], "3.14");
    });

    it("asks for build variables that are not given", async () => {
      await addFiles(folder(), {
        "site/config/settings.py": `${APPLICATION["config/settings.py"]}A = os.environ["A"]\n`,
      });
      assert.match((await run({ given: given() })).notes.join("\n"), /^delivery:image\.buildVariables\.A is missing/m);
      const told = { ...given(), "image.buildVariables.A": "x" };
      assert.doesNotMatch((await run({ given: told, force: true })).notes.join("\n"), /buildVariables/);
    });

    it("asks for the variables of checks and site in the same round, and tells what is in the files", async () => {
      await addFiles(folder(), {
        "site/config/settings.py": `${APPLICATION["config/settings.py"]}A = os.environ["A"]\nDEBUG = True\n`,
        "site/.env": "A=1",
        "site/requirements.txt": "django",
      });
      const notes = (await run({ given: given() })).notes.join("\n");
      for (const expected of [
        /names no server/,
        /^delivery:image\.buildVariables\.A is missing.* --stack prod /m,
        /^delivery:pipeline\.variables\.A is missing/m,
        /^delivery:site\.variables\.A is missing/m,
        /sets DEBUG to True/,
        /^Left out of the image, as secrets that git does not track: \.env\./m,
      ])
        assert.match(notes, expected);
    });

    it("names what is missing, each with its fix", async () => {
      await addFiles(folder(), { "site/requirements.txt": "django" });
      const { notes } = await run({ given: given() });
      assert.match(notes[1] ?? "", /requirements\.txt names no server: .*: echo gunicorn >> .*requirements\.txt$/);
    });

    it("reads a Dockerfile of the team's own, and takes its port", async () => {
      await addFiles(folder(), {
        "site/Dockerfile": "FROM node\nEXPOSE 3000\nCMD serve\n# RENDER_EXTERNAL_HOSTNAME\n",
      });
      const { config, notes } = await run({ given: given() });
      assert.equal((config["delivery:image"] as Record<string, unknown>)["port"], 3000);
      assert.deepEqual(notes, [
        "The application: a Dockerfile of its own, which starts serve, listens on 3000, collects no static files.",
        "The application has no .dockerignore: version control, bytecode, virtual environments and caches of tools stay out of the image.",
      ]);
    });
  });

  describe("where the repository has a pipeline", () => {
    const given = () => ({ ...NEEDED, "application.path": join(folder(), "site") });
    const repositoryOf = (config: Readonly<Record<string, unknown>>) => config["delivery:repository"];
    beforeEach(() => addFiles(folder(), { "site/.circleci/config.yml": "version: 2.1\n" }));

    it("leaves it to the team, and requires the checks that its pull requests have", async () => {
      const asked: string[] = [];
      const { config, notes } = await run({
        given: given(),
        seenChecks: async (owner, repository) => {
          asked.push(`${owner}/${repository}`);
          return ["ci/circleci: build", "codecov"];
        },
      });
      assert.deepEqual(asked, ["acme/site"]);
      const requiredChecks = ["ci/circleci: build", "codecov"];
      assert.deepEqual(repositoryOf(config), { pipelineFile: "observed", ruleset: { requiredChecks } });
      assert.match(notes.join("\n"), /config\.yml stays yours.*\n.*ci\/circleci: build, codecov/);
      const image = { ...(config["delivery:image"] as object), password: "asked for by the engine" };
      await mockEngine({ config: { ...config, "delivery:image": image } });
      assert.deepEqual(loadConfiguration(tokens).repository?.ruleset?.requiredChecks, requiredChecks);
    });

    for (const [why, seenChecks] of [
      ["without GITHUB_TOKEN", undefined],
      ["GitHub has no repository acme/site yet", async () => undefined],
      ["pull requests of acme/site have none in common", async () => []],
      ["GitHub answers 401", () => Promise.reject(new Error("GitHub answers 401."))],
    ] as const)
      it(`requires none and says so: ${why}`, async () => {
        const { config, notes } = await run({ given: given(), seenChecks });
        assert.deepEqual(repositoryOf(config), { pipelineFile: "observed" });
        assert.match(notes.at(-1) ?? "", new RegExp(`^No check is required: .*${why}.*requiredChecks`));
      });

    it("finds it above the application's folder, in a repository that holds more", async () => {
      await addFiles(folder(), {
        "all/.git/HEAD": "",
        "all/.circleci/config.yml": "version: 2.1",
        "all/web/manage.py": "",
      });
      const { config } = await run({ given: { ...NEEDED, "application.path": join(folder(), "all", "web") } });
      assert.deepEqual(repositoryOf(config), { pipelineFile: "observed" });
    });

    it("takes the file for the chain's when the chain has written it, or when told so", async () => {
      const { config } = await run({ given: { ...given(), "repository.pipelineFile": "managed" } });
      assert.deepEqual(repositoryOf(config), { pipelineFile: "managed" });
      await addFiles(folder(), { "site/.circleci/config.yml": `${HEADER}version: 2.1\n` });
      assert.deepEqual(repositoryOf((await run({ given: given(), force: true })).config), {});
    });
  });

  describe("checks of recent pull requests", () => {
    const client = (answers: Record<string, unknown>) => ({
      find: async <Answer>(path: string, schema: z.ZodType<Answer>) => {
        const found = answers[path.replace("/repos/acme/site/", "")];
        return found === undefined ? undefined : schema.parse(found);
      },
    });
    const pulls = [{ head: { sha: "a" } }, { head: { sha: "b" } }, { head: { sha: "c" } }];
    const status = (...names: string[]) => ({
      state: "success",
      statuses: names.map((context) => ({ context, state: "success" })),
    });

    it("are those that all have which have any, be they statuses or check runs", async () => {
      const answers = {
        pulls,
        "commits/a/status": status("ci/circleci: test", "docs"),
        "commits/a/check-runs": { total_count: 1, check_runs: [{ name: "lint" }] },
        "commits/b/status": status("ci/circleci: test"),
        "commits/b/check-runs": { total_count: 2, check_runs: [{ name: "lint" }, { name: "lint" }] },
        "commits/c/status": status(),
      };
      assert.deepEqual(await seenChecks(client(answers), "acme", "site"), ["ci/circleci: test", "lint"]);
    });

    it("are none without pull requests, and unknown without a repository", async () => {
      assert.deepEqual(await seenChecks(client({ pulls: [] }), "acme", "site"), []);
      assert.equal(await seenChecks(client({}), "acme", "site"), undefined);
    });
  });

  it("runs only where the program is", async () => {
    assert.match(
      await refusal({ folder: join(folder(), "site") }),
      /^There is no Pulumi\.yaml in .*site\.\nRun this in/,
    );
  });

  describe("on a terminal", () => {
    /** Answers one question: each text that is shown is followed by these keys. */
    const answer = (question: Question, fallback: string | undefined, ...steps: [shown: string, keys: string][]) =>
      answerListed(undefined, question, fallback, ...steps);
    const answerListed = (
      listed: Listed | undefined,
      question: Question,
      fallback: string | undefined,
      ...steps: [shown: string, keys: string][]
    ) => {
      const input = new PassThrough();
      const output = new PassThrough();
      let shown = "";
      output.on("data", (chunk: Buffer) => {
        shown += chunk;
        const [step] = steps;
        if (!step || !shown.includes(step[0])) return;
        steps.shift();
        // The prompt listens once it is drawn.
        setImmediate(() => input.write(step[1]));
      });
      return ask(question, fallback, { input, output, signal: new AbortController().signal }, listed);
    };
    const ENTER = "\r";
    const CTRL_C = "\u0003";
    const ERASE_LINE = "\u0015";

    it("asks for what is not given, and offers what follows from earlier answers", async () => {
      const asked: string[] = [];
      const { config } = await run({
        given: { "site.ownerId": "tea-acme" },
        takeDefaults: false,
        async ask({ key }, offered) {
          asked.push(key);
          return key === "github:owner" ? "Acme" : (offered ?? assert.fail(`nothing is offered for ${key}`));
        },
      });
      assert.ok(asked.includes("site.plan") && !asked.includes("site.ownerId"));
      assert.deepEqual(config["delivery:pipeline"], { organization: "gh/Acme" });
      assert.deepEqual(config["delivery:image"], { repository: "acme/site", username: "acme" });
    });

    it("takes the offered answer for Enter, and asks again after a wrong one", async () => {
      const question = { key: "site.healthCheckPath", text: "Path" };
      assert.equal(await answer(question, "/healthz/", ["Path", ENTER]), "/healthz/");
      const steps: [string, string][] = [
        ["Path", `up${ENTER}`],
        ["This is not a path that starts with /", `${ERASE_LINE}/up${ENTER}`],
      ];
      assert.equal(await answer(question, undefined, ...steps), "/up");
    });

    it("shows the words to choose from, and whether a thing is so", async () => {
      assert.equal(await answer({ key: "site.plan", text: "Plan" }, "starter", ["standard", ENTER]), "starter");
      assert.equal(await answer({ key: "production", text: "Production" }, "true", ["Y/n", ENTER]), "true");
      assert.equal(await answer({ key: "off", text: "Off" }, "", ["errors", ` ${ENTER}`]), "repository");
      assert.equal(await answer({ key: "database.plan", text: "Database" }, "off", ["basic_1gb", ENTER]), "off");
    });

    it("shows the accounts to choose from, or what would list them", async () => {
      const question = { key: "site.ownerId", text: "Workspace" };
      const accounts = [
        { value: "tea-acme", name: "Acme" },
        { value: "tea-other", name: "Other" },
      ];
      const chosen = await answerListed({ accounts }, question, "tea-other", ["Acme (tea-acme)", ENTER]);
      assert.equal(chosen, "tea-other");
      const listed: Listed = { accounts: [], note: "with RENDER_API_KEY in the environment they are listed here" };
      const typed = await answerListed(listed, question, undefined, ["listed here", `tea-typed${ENTER}`]);
      assert.equal(typed, "tea-typed");
    });

    it("ends with the interruption's own error", async () => {
      const interruption = new AbortController();
      const reason = new Error("Interrupted by SIGINT.");
      const terminal = { input: new PassThrough(), output: new PassThrough(), signal: interruption.signal };
      const asking = ask({ key: "site.ownerId", text: "Id" }, undefined, terminal);
      interruption.abort(reason);
      await assert.rejects(asking, reason);
      const question = { key: "site.ownerId", text: "Id" };
      await assert.rejects(answer(question, undefined, ["Id", CTRL_C]), { name: "Interruption" });
    });
  });
});
