import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { scriptedDigest } from "../../sandbox/services/render/scripted-runner.ts";
import { Secret, secret, UNKNOWN } from "./harness.ts";
import { CREDENTIAL, type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

describe("render:index:WebService, created and deleted", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  it("is created with everything that is declared, and followed until it is live", async () => {
    const { id: registryCredentialId } = await world.plugin.create(CREDENTIAL, {
      name: "registry",
      ownerId: world.ownerId,
      registry: "GITHUB",
      username: "robot",
      authToken: "t0ken",
    });
    await world.requests();
    const declared = world.site({
      registryCredentialId,
      numInstances: 2,
      environmentVariables: { DEBUG: "0", DSN: secret("https://public@sentry.example/1") },
      generatedVariables: ["SECRET_KEY"],
      secretFiles: { "key.pem": "k3y-material" },
      healthCheckPath: "/healthz",
      preDeployCommand: "python manage.py migrate",
      maxShutdownDelaySeconds: 60,
      maintenanceMode: { enabled: false, uri: "https://example.com/down" },
      customDomains: ["www.example.com"],
    });
    const { id, outputs } = await world.plugin.create(WEB_SERVICE, declared);

    const service = await world.api("GET", `/services/${id}`);
    const details = service.serviceDetails;
    assert.equal(service.imagePath, "ghcr.io/acme/site:1");
    assert.equal(service.registryCredential.id, registryCredentialId);
    assert.deepEqual(
      [details.region, details.plan, details.numInstances, details.healthCheckPath, details.maxShutdownDelaySeconds],
      ["frankfurt", "starter", 2, "/healthz", 60],
    );
    assert.equal(details.envSpecificDetails.preDeployCommand, "python manage.py migrate");
    assert.deepEqual(details.maintenanceMode, { enabled: false, uri: "https://example.com/down" });

    const [{ deploy }] = await world.api("GET", `/services/${id}/deploys`);
    const [{ customDomain }] = await world.api("GET", `/services/${id}/custom-domains`);
    assert.equal(deploy.status, "live");
    assert.deepEqual(
      {
        ...outputs,
        environmentVariables: undefined,
        secretFiles: undefined,
        url: undefined,
      },
      {
        ...declared,
        environmentVariables: undefined,
        secretFiles: undefined,
        imageManagement: "declared",
        waitForDeploy: true,
        slug: "site",
        url: undefined,
        dashboardUrl: service.dashboardUrl,
        deployId: deploy.id,
        deployStatus: "live",
        liveImage: "ghcr.io/acme/site:1",
        liveDigest: scriptedDigest("ghcr.io/acme/site:1"),
        suspended: false,
        undeclaredVariables: [],
        undeclaredSecretFiles: [],
        customDomainStatus: { "www.example.com": customDomain.verificationStatus },
      },
    );
    assert.match(String(outputs["url"]), /^http/);
  });

  it("keeps secret values secret, one by one", async () => {
    const declared = world.site({
      environmentVariables: { DEBUG: "0", DSN: secret("https://public@sentry.example/1") },
      secretFiles: { "key.pem": "k3y-material" },
    });
    const { outputs } = await world.plugin.create(WEB_SERVICE, declared);
    assert.deepEqual(outputs["environmentVariables"], { DEBUG: "0", DSN: secret("https://public@sentry.example/1") });
    assert.ok(outputs["secretFiles"] instanceof Secret);
    assert.doesNotMatch(JSON.stringify(world.plugin.log), /k3y-material|public@sentry/);
  });

  it("does not put a generated value into the state", async () => {
    const { id, outputs } = await world.plugin.create(WEB_SERVICE, world.site({ generatedVariables: ["SECRET_KEY"] }));
    const { value } = await world.api("GET", `/services/${id}/env-vars/SECRET_KEY`);
    assert.ok(value.length > 10);
    assert.ok(!JSON.stringify(outputs).includes(value));
  });

  it("makes one creating request and nothing else that writes", async () => {
    await world.plugin.create(WEB_SERVICE, world.site({ environmentVariables: { A: "1" } }));
    assert.deepEqual(await world.writes(), ["POST /services"]);
  });

  it("shows the deploy's progress while it waits", async () => {
    world.runner.script(/site:slow/, "unhealthy");
    const creating = world.plugin.create(WEB_SERVICE, world.site({ image: "acme/site:slow", healthCheckPath: "/" }), {
      timeoutSeconds: 1,
    });
    await assert.rejects(creating, /not finished within 1 s; run the same command again to continue/);
    const progress = world.plugin.log.filter((line) => line.ephemeral).map((line) => line.message);
    assert.match(progress.join("\n"), /deploy dep-\w+: update_in_progress, \d s/);
  });

  it("does not wait when told so", async () => {
    world.runner.script(/site:slow/, "unhealthy");
    const declared = world.site({ image: "acme/site:slow", healthCheckPath: "/", waitForDeploy: false });
    const { outputs } = await world.plugin.create(WEB_SERVICE, declared);
    assert.match(String(outputs["deployStatus"]), /created|update_in_progress/);
    assert.equal(outputs["liveImage"], undefined);
  });

  it("previews a creation without a call", async () => {
    const preview = await world.plugin.previewCreate(
      WEB_SERVICE,
      world.site({ registryCredentialId: UNKNOWN, environmentVariables: { DSN: UNKNOWN } }),
    );
    assert.deepEqual(
      [preview["image"], preview["registryCredentialId"], preview["environmentVariables"], preview["url"]],
      ["ghcr.io/acme/site:1", UNKNOWN, { DSN: UNKNOWN }, UNKNOWN],
    );
    assert.deepEqual(await world.requests(), []);
  });

  it("tells everything that is wrong with its inputs at once", async () => {
    const { failures } = await world.plugin.check(WEB_SERVICE, {
      ...world.site({ image: "nginx", region: "mars", healthCheckPath: "healthz", healtCheckPath: "/" }),
      environmentVariables: { A: "1", "1B": "2" },
      generatedVariables: ["A", "C", "C"],
      secretFiles: { "a/b": "x" },
      customDomains: ["https://example.com"],
      plan: undefined,
    });
    assert.deepEqual(failures.map(({ property }) => property).sort(), [
      // The engine would print the value of a property that it is told of, and these are secret.
      "",
      "customDomains[0]",
      "environmentVariables",
      "generatedVariables[0]",
      "generatedVariables[2]",
      "healtCheckPath",
      "healthCheckPath",
      "image",
      "plan",
      "region",
    ]);
    assert.match(
      failures.find(({ property }) => property === "")?.reason ?? "",
      /^secretFiles: "a\/b" is no file name/,
    );
  });

  it("is given a start command of its own", async () => {
    const declared = world.site({ startCommand: "gunicorn site.wsgi", waitForDeploy: false });
    const { id, outputs } = await world.plugin.create(WEB_SERVICE, declared);
    assert.equal(outputs["startCommand"], "gunicorn site.wsgi");
    const { serviceDetails } = await world.api("GET", `/services/${id}`);
    assert.equal(serviceDetails.envSpecificDetails.dockerCommand, "gunicorn site.wsgi");
  });

  it("refuses a name that exists, with the command that adopts it", async () => {
    const { id } = await world.plugin.create(WEB_SERVICE, world.site());
    await assert.rejects(
      world.plugin.create(WEB_SERVICE, world.site()),
      new RegExp(`"site" exists already.*pulumi import render:index:WebService NAME ${id}`),
    );
    assert.equal((await world.state())["services"], 1);
  });

  it("is deleted, and deleted again without an error", async () => {
    const state = await world.plugin.create(WEB_SERVICE, world.site());
    await world.plugin.delete(WEB_SERVICE, state);
    assert.equal((await world.state())["services"], 0);
    await world.plugin.delete(WEB_SERVICE, state);
  });
});
