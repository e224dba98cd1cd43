/** Resources and functions of the Render provider, for Pulumi programs. */
export * from "./environment.ts";
export * from "./get-owner.ts";
export * from "./get-service.ts";
export * from "./project.ts";
export * from "./registry-credential.ts";
export * from "./web-service.ts";
