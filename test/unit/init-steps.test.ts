import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { projectRoot } from "../../sandbox/paths.ts";
import { addFiles } from "./support/configuration.ts";
import { initWorld, NEEDED } from "./support/init-world.ts";

describe("the commands that delivery init shows next", () => {
  const { folder, run, shell } = initWorld();
  const LOOK = [
    "npx --no delivery doctor --stack prod",
    "npx --no delivery preview --stack prod",
    "npx --no delivery up --stack prod",
  ];

  it("are the whole way to a running site, with no secret but what the engine asks for", async () => {
    const { next } = await run({ given: { ...NEEDED, off: "errors, pipeline" } });
    assert.deepEqual(next, [
      "npm run pulumi -- login file://~",
      "export PULUMI_CONFIG_PASSPHRASE=...",
      "npm run pulumi -- stack init prod",
      "npm run pulumi -- config set --secret --path 'delivery:image.password' --stack prod",
      "export GITHUB_TOKEN=...",
      "export RENDER_API_KEY=...",
      ...LOOK,
      "git init ../site",
      "git -C ../site add --all",
      'git -C ../site commit --message "Add site"',
      "git -C ../site remote add origin https://github.com/acme/site.git",
      "git -C ../site fetch origin",
      "git -C ../site merge --allow-unrelated-histories --strategy-option ours --no-edit origin/main",
      "git -C ../site push --set-upstream origin HEAD:main",
    ]);
  });

  it("are those that the README shows", async () => {
    const { next } = await run({ given: { ...NEEDED, "application.path": "../site" } });
    const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
    const shown = readme.split("\n").map((line) => line.trim().replace(/ +#.*/, ""));
    const first = /^(export \w+_(TOKEN|KEY)=|git init|git .* (add --all|commit))/;
    for (const command of next.filter((line) => !first.test(line))) assert.ok(shown.includes(command), command);
  });

  it("leave out what the shell has already", async () => {
    const env = shell({
      PULUMI_BACKEND_URL: "s3://states",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/secret",
      RENDER_API_KEY: "key",
    });
    const { next } = await run({
      given: { ...NEEDED, off: "repository,errors,pipeline", "image.username": "" },
      env,
    });
    assert.deepEqual(next, ["npm run pulumi -- stack init prod", ...LOOK]);
  });

  for (const [where, env, expected] of [
    ["Pulumi Cloud", { PULUMI_ACCESS_TOKEN: "token" }, false],
    ["a folder", { PULUMI_BACKEND_URL: "file://~" }, true],
    ["a bucket", { PULUMI_BACKEND_URL: "s3://states" }, true],
  ] as const)
    it(`${expected ? "ask" : "ask not"} for a passphrase where the state is kept in ${where}`, async () => {
      const { next } = await run({ env: shell(env) });
      assert.equal(next.includes("export PULUMI_CONFIG_PASSPHRASE=..."), expected);
      assert.ok(!next.some((command) => command.includes("login")));
    });

  it("know the backend to which the Pulumi CLI is logged in", async () => {
    await addFiles(folder(), { ".pulumi/credentials.json": JSON.stringify({ current: "https://api.pulumi.com" }) });
    const { next } = await run();
    assert.equal(next[0], "npm run pulumi -- stack init prod");
  });

  const checkout = async (remote?: string): Promise<string> => {
    const root = join(folder(), "checkout");
    const git = (...args: string[]) => execa("git", ["-C", root, ...args], { env: shell(), extendEnv: false });
    await addFiles(folder(), { "checkout/web/manage.py": "" });
    await git("init", "--quiet");
    await git("add", "--all");
    await git("-c", "user.name=A", "-c", "user.email=a@acme.example", "commit", "--quiet", "--message", "First");
    if (remote) await git("remote", "add", "origin", remote);
    return "checkout/web";
  };
  const onCheckout = async (remote?: string) =>
    (await run({ given: { ...NEEDED, "application.path": await checkout(remote), "application.name": "site" } })).next;

  it("bring a checkout that has no remote into the repository that `up` makes", async () => {
    assert.deepEqual((await onCheckout()).slice(-4), [
      "git -C checkout remote add origin https://github.com/acme/site.git",
      "git -C checkout fetch origin",
      "git -C checkout merge --allow-unrelated-histories --strategy-option ours --no-edit origin/main",
      "git -C checkout push --set-upstream origin HEAD:main",
    ]);
  });

  it("commit no secret, as they stand", async () => {
    const place = "a folder's site";
    await addFiles(folder(), {
      [`${place}/manage.py`]: "",
      [`${place}/.env`]: "A=1",
      [`${place}/.env.example`]: "A=",
      [`${place}/.envs/.production/.django`]: "A=1",
      [`${place}/deploy [1].pem`]: "-----BEGIN PRIVATE KEY-----\nMII\n",
      [`${place}/local/.env`]: "A=1",
      [`${place}/.gitignore`]: "/local",
    });
    const given = { ...NEEDED, "application.path": place, "application.name": "site" };
    const { next } = await run({ given });
    const until = next.findIndex((command) => command.includes(" commit "));
    const commands = next.slice(0, until).filter((command) => /git|printf/.test(command));
    assert.match(commands[1] ?? "", /^printf .* >> .*\.gitignore'$/);
    const env = shell();
    for (const command of commands) await execa("bash", ["-ec", command], { cwd: folder(), env, extendEnv: false });
    const listed = await execa("git", ["-C", join(folder(), place), "ls-files"], { env, extendEnv: false });
    assert.deepEqual(listed.stdout.split("\n"), [".env.example", ".gitignore", "manage.py"]);
  });

  it("keep the remote that is elsewhere", async () => {
    const next = await onCheckout("https://gitlab.example/acme/site.git");
    assert.deepEqual(next.slice(-4, -2), [
      "git -C checkout remote add delivery https://github.com/acme/site.git",
      "git -C checkout fetch delivery",
    ]);
  });

  for (const address of [
    "git@github.com:Acme/Site.git",
    "https://github.com/acme/site",
    "ssh://git@github.com/acme/site/",
  ])
    it(`take a repository over that exists already: ${address}`, async () => {
      const next = await onCheckout(address);
      assert.deepEqual(next.slice(-4), [LOOK[0], "npx --no delivery adopt --stack prod", ...LOOK.slice(1)]);
    });
});
