/** Resources of the CircleCI provider, for Pulumi programs. */
export * from "./context.ts";
export * from "./context-variable.ts";
export * from "./project.ts";
