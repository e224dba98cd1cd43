import assert from "node:assert/strict";
import { pullLogin } from "../../infra/registry-logins.ts";
import { APPLICATION, loadWith, makeFolder, removeFolder, tokens } from "./support/configuration.ts";

const ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/site";
const PUSH = { username: "acme", password: "registry-password" };
const PULL = { username: "AKIA1", password: "access-key" };

describe("logins at the registry", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder(APPLICATION);
  });
  after(() => removeFolder(folder));

  /** What is wrong with an image; undefined when it is accepted. */
  const problem = async (image: object, environment: NodeJS.ProcessEnv = {}): Promise<string | undefined> =>
    loadWith(folder, { "delivery:image": image }, { environment: { ...tokens, ...environment } }).then(
      () => undefined,
      (error: Error) => error.message,
    );

  for (const repository of [
    "acme/site",
    "docker.io/acme/site",
    "index.docker.io/acme/site",
    "ghcr.io/acme/site",
    "registry.gitlab.com/acme/site",
    "gcr.io/acme/site",
    "europe-docker.pkg.dev/acme/web/site",
  ])
    it(`takes one for ${repository}`, async () => {
      assert.equal(await problem({ repository, ...PUSH }), undefined);
    });

  const OTHERS = [
    ["quay.io/acme/site", "quay.io"],
    ["acme.azurecr.io/site", "acme.azurecr.io"],
    ["registry.digitalocean.com/acme/site", "registry.digitalocean.com"],
    ["gitlab.acme.example/acme/site", "gitlab.acme.example"],
    ["harbor.acme.example:8443/acme/site", "harbor.acme.example:8443"],
    ["public.ecr.aws/acme/site", "public.ecr.aws"],
    ["localhost:5000/acme/site", "localhost:5000"],
  ] as const;
  for (const [repository, host] of OTHERS) {
    it(`refuses one for ${repository}, to which Render could not log in`, async () => {
      const message = (await problem({ repository, ...PUSH })) ?? "";
      const [line = "", mend = ""] = message.split("\n").slice(2);
      assert.equal(
        line.trim(),
        `delivery:image.repository is at ${host}, for which Render takes no login; it does for Docker Hub, GitHub, GitLab.com, Google Artifact Registry and Amazon ECR`,
      );
      assert.match(
        mend,
        /^ +npm run pulumi -- config set --stack prod --path 'delivery:image\.repository' .*delivery:image\.pull' off/,
      );
    });

    it(`takes ${repository} when anybody may pull it`, async () => {
      assert.equal(await problem({ repository }), undefined);
      assert.equal(await problem({ repository, ...PUSH, pull: "off" }), undefined);
    });
  }

  it("leaves it to another Render which registries it takes", async () => {
    const image = { repository: "quay.io/acme/site", ...PUSH };
    assert.equal(await problem(image, { RENDER_BASE_URL: "http://127.0.0.1:4000" }), undefined);
    assert.match((await problem(image, { RENDER_BASE_URL: "https://api.render.com/" })) ?? "", /quay\.io/);
    assert.equal(await problem({ repository: ECR, ...PUSH }, { RENDER_BASE_URL: "http://127.0.0.1:4000" }), undefined);
  });

  it("asks for an access key at ECR, whose login to push does not last", async () => {
    assert.match(
      (await problem({ repository: ECR, username: "AWS", password: "twelve-hours" })) ?? "",
      /delivery:image\.pull is missing: .*twelve hours.*\n +npm run pulumi -- config set --stack prod --path 'delivery:image\.pull\.username' .* && npm run pulumi -- config set --stack prod --secret --path 'delivery:image\.pull\.password'/,
    );
    assert.equal(await problem({ repository: ECR, username: "AWS", password: "twelve-hours", pull: PULL }), undefined);
  });

  it("asks for both halves of one that pulls", async () => {
    const message = (await problem({ repository: ECR, pull: { username: "AKIA1" } })) ?? "";
    assert.match(
      message,
      /delivery:image\.pull\.password .*\n +npm run pulumi -- config set --stack prod --secret --path 'delivery:image\.pull/,
    );
  });

  it("matter to nobody without a site", async () => {
    const changes = { "delivery:image": { repository: "quay.io/acme/site", ...PUSH }, "delivery:site": "off" };
    await assert.doesNotReject(loadWith(folder, changes));
  });

  it("keep the one that pulls secret", async () => {
    const { image } = await loadWith(folder, { "delivery:image": { repository: ECR, ...PUSH, pull: PULL } });
    assert.ok(image);
    const login = pullLogin(image);
    assert.equal(login?.username, "AKIA1");
    const { password } = login as { password: unknown };
    assert.ok(await (password as { isSecret: Promise<boolean> }).isSecret);
  });
});
