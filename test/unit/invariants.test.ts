import assert from "node:assert/strict";
import { join } from "node:path";
import { loadWith, makeFolder, removeFolder, tokens, validConfig } from "./support/configuration.ts";

describe("invariants between the services", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({
      "site/manage.py": "print()",
      "site/Dockerfile": "FROM scratch",
      "pip.conf": "[global]",
    });
  });
  after(() => removeFolder(folder));

  const app = (): string => join(folder, "site");
  const changed = (key: string, changes: Record<string, unknown>) => ({
    [key]: { ...(validConfig(app())[key] as object), ...changes },
  });
  const image = (changes: Record<string, unknown>) => changed("delivery:image", changes);
  const site = (changes: Record<string, unknown>) => changed("delivery:site", changes);

  interface Case {
    readonly refuses: string;
    readonly changes: () => Record<string, unknown>;
    readonly environment?: NodeJS.ProcessEnv;
    readonly secretKeys?: string[];
    readonly message: RegExp;
  }

  const cases: Case[] = [
    {
      refuses: "a repository without an owner",
      changes: () => ({ "github:owner": undefined }),
      message: /github:owner is missing: who owns the repository/,
    },
    {
      refuses: "a pipeline of another organization than the repository's",
      changes: () => ({ "delivery:pipeline": { organization: "gh/other" } }),
      message: /delivery:pipeline\.organization is not the repository's owner, acme\n +.* gh\/acme/,
    },
    {
      refuses: "an application that is not there",
      changes: () => ({ "delivery:application": { name: "site", path: join(folder, "absent") } }),
      message: /delivery:application\.path names no folder: .*absent/,
    },
    {
      refuses: "a Dockerfile that is not there",
      changes: () => image({ dockerfile: join(folder, "Dockerfile.absent") }),
      message: /delivery:image\.dockerfile names no file: .*Dockerfile\.absent/,
    },
    {
      refuses: "a login without a name",
      changes: () => image({ username: undefined }),
      message: /delivery:image\.username is missing: a login at the registry has both/,
    },
    {
      refuses: "a build argument that looks like a secret",
      changes: () => image({ buildArguments: { PIP_TOKEN: "t" } }),
      message:
        /delivery:image\.buildArguments\.PIP_TOKEN looks like a secret, and an image keeps it\n +npm run pulumi -- config rm --stack prod --path 'delivery:image\.buildArguments\.PIP_TOKEN' && .*secrets\.pip_token\.variable' PIP_TOKEN/,
    },
    {
      refuses: "a build argument that is named after a secret further on",
      changes: () => image({ buildArguments: { DJANGO_SECRET_KEY: "x9" } }),
      message: /delivery:image\.buildArguments\.DJANGO_SECRET_KEY looks like a secret/,
    },
    {
      refuses: "a build argument that is a credential, whatever it is called",
      changes: () => image({ buildArguments: { INDEX_URL: "https://acme:s3cret@pypi.example/simple" } }),
      message: /delivery:image\.buildArguments\.INDEX_URL looks like a secret/,
    },
    {
      refuses: "a build secret from nowhere",
      changes: () => image({ secrets: { pip_conf: {} } }),
      message: /delivery:image\.secrets\.pip_conf has to name a file or a variable/,
    },
    {
      refuses: "a build secret from a file that is not there",
      changes: () => image({ secrets: { pip_conf: { file: join(folder, "absent.conf") } } }),
      message:
        /delivery:image\.secrets\.pip_conf is not on this machine: .*absent\.conf\n +Put the file there\. +\(or leave it out: npm run pulumi -- config rm --stack prod --path 'delivery:image\.secrets\.pip_conf'\)/,
    },
    {
      refuses: "a build secret from a variable that is not set",
      changes: () => image({ secrets: { token: { variable: "PIP_TOKEN" } } }),
      message:
        /delivery:image\.secrets\.token is not on this machine: PIP_TOKEN\n +export PIP_TOKEN=\.\.\. +\(or leave it out: /,
    },
    {
      refuses: "a pinned image without a tag",
      changes: () => image({ delivery: "pinned" }),
      message:
        /delivery:image\.tag is missing: what runs\n +npm run pulumi -- config set --stack prod --path 'delivery:image\.tag' TAG/,
    },
    {
      refuses: "a first image for CircleCI to replace that is not named",
      changes: () => image({ delivery: "continuous" }),
      message: /delivery:image\.tag is missing: what a new site starts from/,
    },
    {
      refuses: "holding a pipeline that does not deploy",
      changes: () => image({ hold: true }),
      message: /delivery:image\.hold holds no pipeline in this mode/,
    },
    {
      refuses: "deploys by a pipeline without a context",
      changes: () => ({
        ...image({ delivery: "continuous", tag: "v1" }),
        "delivery:pipeline": { organization: "gh/acme", context: "off" },
      }),
      message: /delivery:pipeline\.context is off, and image\.delivery is `continuous`/,
    },
    {
      refuses: "deploys to a site that is off",
      changes: () => ({ ...image({ delivery: "continuous", tag: "v1" }), "delivery:site": "off" }),
      message: /delivery:site is off, and image\.delivery is `continuous`/,
    },
    {
      refuses: "a site without an image",
      changes: () => ({ "delivery:image": "off" }),
      message: /delivery:site has no image to run/,
    },
    {
      refuses: "an image that Render cannot run",
      changes: () => image({ platforms: ["linux/arm64"] }),
      message: /delivery:image\.platforms leave out linux\/amd64, which Render runs/,
    },
    {
      refuses: "a secret key that is to be given and is not",
      changes: () => site({ secretKey: "value" }),
      message: /delivery:secretVariables\.DJANGO_SECRET_KEY is missing: site\.secretKey is `value`/,
    },
    {
      refuses: "a secret key that is given and generated",
      changes: () => ({ "delivery:secretVariables": { DJANGO_SECRET_KEY: "k" } }),
      message: /delivery:secretVariables\.DJANGO_SECRET_KEY is set by the chain already/,
    },
    {
      refuses: "a variable that the chain sets itself",
      changes: () => site({ variables: { PORT: "80" } }),
      message: /delivery:site\.variables\.PORT is set by the chain already/,
    },
    {
      refuses: "a variable that is plain and secret",
      changes: () => ({ ...site({ variables: { API: "a" } }), "delivery:secretVariables": { API: "b" } }),
      message: /delivery:site\.variables\.API is set by the chain already/,
    },
    {
      refuses: "a secret among what is shown",
      changes: () => site({ variables: { API: "a" } }),
      secretKeys: ["delivery:site"],
      message:
        /delivery:site holds a secret, which would be shown.*\n +npm run pulumi -- config set --stack prod --secret --path 'delivery:secretVariables\.NAME'/,
    },
  ];

  for (const { refuses, changes, message, environment = tokens, secretKeys = [] } of cases)
    it(`refuse ${refuses}`, async () => {
      await assert.rejects(loadWith(app(), changes(), { environment, secretKeys }), { message });
    });

  it("accept that something else deploys: with the pipeline off, or with a context that is not the chain's", async () => {
    const delivered = image({ delivery: "continuous", tag: "v1" });
    await loadWith(app(), { ...delivered, "delivery:pipeline": "off" }, { environment: tokens });
    const theirs = { organization: "gh/acme", context: "off", contextVariables: "off" };
    await loadWith(app(), { ...delivered, "delivery:pipeline": theirs }, { environment: tokens });
  });

  it("accept build arguments whose names only hold a word of a secret's", async () => {
    const buildArguments = { TOKENIZERS_PARALLELISM: "false", KEYCLOAK_URL: "https://id.example", SECRETARY: "Ann" };
    await loadWith(app(), image({ buildArguments }));
  });

  it("accept what agrees", async () => {
    await loadWith(
      app(),
      {
        "github:owner": undefined,
        ...image({ secrets: { pip_conf: { file: join(folder, "pip.conf") }, token: { variable: "PIP_TOKEN" } } }),
        ...site({ secretKey: "value", variables: { API: "a" } }),
        "delivery:secretVariables": { DJANGO_SECRET_KEY: "k" },
      },
      {
        environment: { ...tokens, GITHUB_OWNER: "acme", PIP_TOKEN: "t" },
        secretKeys: ["delivery:image", "delivery:secretVariables"],
      },
    );
  });
});
