/** What was changed at the services since the last `up`. */
export { type DriftRequest, findDrift } from "./find.ts";
export { publishDrift } from "./issue.ts";
