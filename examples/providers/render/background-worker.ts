import * as render from "../../../providers/render/index.ts";

const worker = new render.BackgroundWorker("worker", {
  name: "site-worker",
  ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
  image: "docker.io/acme/site:1.4.0",
  region: "frankfurt",
  plan: "starter",
  startCommand: "celery --app site worker",
  environmentVariables: { REDIS_URL: "redis://site-production:6379" },
  autoscaling: { min: 1, max: 3, cpu: 70 },
});

export const works = worker.liveImage;
