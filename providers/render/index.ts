/**
 * Resources and functions of the render provider, for Pulumi programs.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
export * from "./background-worker.ts";
export * from "./cron-job.ts";
export * from "./custom-domain.ts";
export * from "./environment.ts";
export * from "./get-owner.ts";
export * from "./get-service.ts";
export * from "./key-value.ts";
export * from "./postgres.ts";
export * from "./private-service.ts";
export * from "./project.ts";
export * from "./registry-credential.ts";
export * from "./types.ts";
export * from "./web-service.ts";
