/** Resources of the CircleCI provider, for Pulumi programs. */
export * from "./checkout-key.ts";
export * from "./context.ts";
export * from "./context-restriction.ts";
export * from "./context-variable.ts";
export * from "./pipeline-definition.ts";
export * from "./project.ts";
export * from "./project-variable.ts";
export * from "./trigger.ts";
