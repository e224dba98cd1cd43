import * as pulumi from "@pulumi/pulumi";
import * as render from "../../../providers/render/index.ts";

const config = new pulumi.Config();

new render.RegistryCredential("registry", {
  name: "acme-registry",
  ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
  registry: "GITHUB",
  username: "acme-bot",
  authToken: config.requireSecret("registryToken"),
});
