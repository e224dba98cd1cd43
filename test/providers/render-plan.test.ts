import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { WebServiceInputs } from "../../providers/render/plugin/service/inputs.ts";
import { WEB_SERVICE } from "../../providers/render/plugin/service/kinds.ts";
import { planUpdate } from "../../providers/render/plugin/service/plan.ts";
import { webService } from "../../providers/render/plugin/web-service.ts";
import { declared, deploy, lastDeclared, observed } from "./render-observed.ts";

describe("plan of an update of a web service", () => {
  it("does nothing when everything is as declared", () => {
    const plan = planUpdate(WEB_SERVICE, observed(), lastDeclared(), declared);
    assert.deepEqual(plan, {
      variables: { set: [], generate: [], remove: [] },
      secretFiles: { set: [], remove: [] },
      addDomains: [],
      removeDomains: [],
      image: declared.image,
      deployReasons: [],
    });
  });

  it("takes Docker Hub's short and long names for the same image", () => {
    const service = observed([deploy(1, "live", "docker.io/library/nginx:1")]);
    const hub = { ...declared, image: "nginx:1" };
    const configured = { ...service, service: { ...service.service, imagePath: "docker.io/library/nginx:1" } };
    const plan = planUpdate(WEB_SERVICE, configured, lastDeclared(hub), hub);
    assert.deepEqual([plan.patch, plan.deployReasons], [undefined, []]);
  });

  it("writes a new image with its owner and credential, and deploys it", () => {
    const plan = planUpdate(WEB_SERVICE, observed(), lastDeclared(), { ...declared, image: "ghcr.io/acme/site:2" });
    assert.deepEqual(plan.patch, {
      image: { ownerId: "tea-1", imagePath: "ghcr.io/acme/site:2", registryCredentialId: "rgc-1" },
    });
    assert.deepEqual(plan.deployReasons, ["image"]);
  });

  it("deploys the declared image again when a pipeline deployed another tag", () => {
    const deploys = [deploy(1, "deactivated", declared.image), deploy(2, "live", "ghcr.io/acme/site:9")];
    const plan = planUpdate(WEB_SERVICE, observed(deploys), lastDeclared({ image: "ghcr.io/acme/site:9" }), declared);
    assert.deepEqual([plan.patch, plan.image, plan.deployReasons], [undefined, declared.image, ["image"]]);
  });

  it("leaves a pipeline's tag alone under external management", () => {
    const deploys = [deploy(1, "deactivated", declared.image), deploy(2, "live", "ghcr.io/acme/site:9")];
    const external: WebServiceInputs = { ...declared, imageManagement: "external" };
    const plan = planUpdate(WEB_SERVICE, observed(deploys), lastDeclared(external), external);
    assert.deepEqual([plan.patch, plan.image, plan.deployReasons], [undefined, "ghcr.io/acme/site:9", []]);
  });

  it("promises nothing of the deploy in a preview whose change may need one", () => {
    const decided = ["deployId", "deployStatus", "liveImage", "liveDigest"];
    for (const changed of ["image", "imageManagement", "environmentVariables", "registryCredentialId"])
      assert.deepEqual(webService.unstable?.([changed]).slice(0, decided.length), decided, changed);
    assert.deepEqual(webService.unstable?.(["numInstances"]), []);
  });

  it("enforces the repository under external management", () => {
    const external: WebServiceInputs = { ...declared, imageManagement: "external", image: "ghcr.io/acme/other:1" };
    const plan = planUpdate(WEB_SERVICE, observed(), lastDeclared(external), external);
    assert.deepEqual(plan.patch?.["image"], {
      ownerId: "tea-1",
      imagePath: "ghcr.io/acme/other:1",
      registryCredentialId: "rgc-1",
    });
    assert.deepEqual(plan.deployReasons, ["image"]);
  });

  it("enforces the credential under external management with the tag that runs", () => {
    const deploys = [deploy(2, "live", "ghcr.io/acme/site:9")];
    const external: WebServiceInputs = { ...declared, imageManagement: "external", registryCredentialId: "rgc-2" };
    const plan = planUpdate(WEB_SERVICE, observed(deploys), lastDeclared(external), external);
    assert.deepEqual(plan.patch?.["image"], {
      ownerId: "tea-1",
      imagePath: "ghcr.io/acme/site:9",
      registryCredentialId: "rgc-2",
    });
    assert.deepEqual(plan.deployReasons, ["registryCredentialId"]);
  });

  it("writes only the variables that differ, and removes only those that were declared", () => {
    const last = lastDeclared({ environmentVariables: { DEBUG: "0", OLD: "x" } });
    const service = observed();
    const variables = new Map([...service.variables, ["OLD", "x"]]);
    const plan = planUpdate(WEB_SERVICE, { ...service, variables }, last, {
      ...declared,
      environmentVariables: { DEBUG: "0", NEW: "y" },
    });
    assert.deepEqual(plan.variables, { set: [{ name: "NEW", value: "y" }], generate: [], remove: ["OLD"] });
    assert.deepEqual(plan.deployReasons, ["variable NEW", "variable OLD"]);
  });

  it("keeps the value of a variable that becomes a generated one", () => {
    const last = lastDeclared({
      environmentVariables: { DEBUG: "0", SECRET_KEY: "generated by Render" },
      generatedVariables: [],
    });
    const plan = planUpdate(WEB_SERVICE, observed(), last, declared);
    assert.deepEqual(plan.variables, { set: [], generate: [], remove: [] });
    assert.deepEqual(plan.deployReasons, []);
  });

  it("has a value generated for a name that the service does not have", () => {
    const plan = planUpdate(WEB_SERVICE, observed(), lastDeclared(), {
      ...declared,
      generatedVariables: ["SECRET_KEY", "SALT"],
    });
    assert.deepEqual(plan.variables.generate, ["SALT"]);
    assert.deepEqual(plan.deployReasons, ["variable SALT"]);
  });

  it("declares a variable that is there already without a deploy", () => {
    const inputs = { ...declared, environmentVariables: { DEBUG: "0", BY_HAND: "1" } };
    assert.deepEqual(planUpdate(WEB_SERVICE, observed(), lastDeclared(), inputs).deployReasons, []);
  });

  it("deploys what an interrupted run wrote and did not deploy", () => {
    const plan = planUpdate(
      WEB_SERVICE,
      observed(),
      lastDeclared({ environmentVariables: { DEBUG: "1" }, plan: "standard" }),
      declared,
    );
    assert.deepEqual([plan.patch, plan.variables.set], [undefined, []]);
    assert.deepEqual(plan.deployReasons, ["plan", "variable DEBUG"]);
  });

  it("makes no deploy for what takes effect without one", () => {
    const plan = planUpdate(WEB_SERVICE, observed(), lastDeclared(), {
      ...declared,
      name: "www",
      numInstances: 2,
      customDomains: ["www.example.com"],
      environmentId: "evm-1",
      maintenanceMode: { enabled: true, uri: "" },
    });
    assert.deepEqual(plan, {
      joinEnvironment: "evm-1",
      variables: { set: [], generate: [], remove: [] },
      secretFiles: { set: [], remove: [] },
      patch: { name: "www", serviceDetails: { maintenanceMode: { enabled: true, uri: "" } } },
      numInstances: 2,
      addDomains: ["www.example.com"],
      removeDomains: [],
      image: declared.image,
      deployReasons: [],
    });
  });

  it("sets what is declared no more back to Render's default", () => {
    const { healthCheckPath: _, ...rest } = declared;
    const plan = planUpdate(WEB_SERVICE, observed(), lastDeclared(), rest);
    assert.deepEqual(plan.patch, { serviceDetails: { healthCheckPath: "" } });
    assert.deepEqual(plan.deployReasons, ["healthCheckPath"]);
  });

  it("writes the start command where the API wants it", () => {
    const plan = planUpdate(WEB_SERVICE, observed(), lastDeclared(), {
      ...declared,
      startCommand: "serve",
      preDeployCommand: "migrate",
    });
    assert.deepEqual(plan.patch, {
      serviceDetails: { preDeployCommand: "migrate", envSpecificDetails: { dockerCommand: "serve" } },
    });
    assert.deepEqual(plan.deployReasons, ["preDeployCommand", "startCommand"]);
  });

  it("deploys again after a failed deploy, and follows one under way", () => {
    const failed = [deploy(1, "live", declared.image), deploy(2, "update_failed", declared.image)];
    assert.deepEqual(planUpdate(WEB_SERVICE, observed(failed), lastDeclared(), declared).deployReasons, [
      "deploy dep-2 ended as update_failed",
    ]);
    const underway = [deploy(1, "live", "ghcr.io/acme/site:0"), deploy(2, "queued", declared.image)];
    assert.deepEqual(planUpdate(WEB_SERVICE, observed(underway), lastDeclared(), declared).deployReasons, []);
  });

  it("leaves the environment that it had joined, and no other", () => {
    const service = observed();
    const member = { ...service, service: { ...service.service, environmentId: "evm-1" } };
    assert.equal(
      planUpdate(WEB_SERVICE, member, lastDeclared({ environmentId: "evm-1" }), declared).leaveEnvironment,
      "evm-1",
    );
    assert.equal(planUpdate(WEB_SERVICE, member, lastDeclared(), declared).leaveEnvironment, undefined);
  });

  it("removes a domain and a secret file that were declared before", () => {
    const service = observed();
    const site = {
      ...service,
      secretFiles: new Map([
        ["a.pem", "1"],
        ["b.pem", "2"],
      ]),
      customDomains: ["old.example.com", "other.example.com"].map((name) => ({
        id: name,
        name,
        domainType: "subdomain",
        publicSuffix: "com",
        verificationStatus: "verified",
        redirectForName: "",
        createdAt: "",
      })),
    };
    const last = lastDeclared({ customDomains: ["old.example.com"], secretFiles: { "a.pem": "1" } });
    const plan = planUpdate(WEB_SERVICE, site, last, declared);
    assert.deepEqual(plan.removeDomains, ["old.example.com"]);
    assert.deepEqual(plan.secretFiles, { set: [], remove: ["a.pem"] });
    assert.deepEqual(plan.deployReasons, ["secret file a.pem"]);
  });
});
