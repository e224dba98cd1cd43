/** Resources and functions of the Render provider, for Pulumi programs. */
export * from "./registry-credential.ts";
export * from "./web-service.ts";
