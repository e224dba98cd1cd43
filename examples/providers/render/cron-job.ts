import * as render from "../../../providers/render/index.ts";

const cleanup = new render.CronJob("cleanup", {
  name: "site-cleanup",
  ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
  image: "docker.io/acme/site:1.4.0",
  region: "frankfurt",
  plan: "starter",
  startCommand: "python manage.py clearsessions",
  schedule: "0 3 * * *",
});

export const lastSuccessfulRunAt = cleanup.lastSuccessfulRunAt;
