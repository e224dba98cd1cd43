/**
 * Resources and functions of the circleci provider, for Pulumi programs.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
export * from "./checkout-key.ts";
export * from "./context.ts";
export * from "./context-restriction.ts";
export * from "./context-variable.ts";
export * from "./pipeline-definition.ts";
export * from "./project.ts";
export * from "./project-variable.ts";
export * from "./trigger.ts";
export * from "./types.ts";
