import * as pulumi from "@pulumi/pulumi";
import * as render from "../../../providers/render/index.ts";

const config = new pulumi.Config();

const service = new render.WebService(
  "site",
  {
    name: "site-production",
    ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
    image: "ghcr.io/acme/site:1.4.2",
    registryCredentialId: "rgc-cjnxpl2jbr3s73f5q6q0",
    region: "frankfurt",
    plan: "standard",
    numInstances: 2,
    environmentVariables: {
      DJANGO_ALLOWED_HOSTS: "www.example.com",
      DATABASE_URL: config.requireSecret("databaseUrl"),
    },
    generatedVariables: ["DJANGO_SECRET_KEY"],
    healthCheckPath: "/healthz/",
    preDeployCommand: "python manage.py migrate",
    customDomains: ["www.example.com"],
  },
  // How long create and update follow the deploy.
  { customTimeouts: { create: "20m", update: "20m" } },
);

export const url = service.url;
export const digest = service.liveDigest;
