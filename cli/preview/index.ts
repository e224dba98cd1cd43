/** What a stack's update would do, and the update. */
export { type PreviewRequest, previewStack } from "./preview.ts";
export { stackName } from "./stack-name.ts";
export { type UpdateRequest, updateStack } from "./update.ts";
