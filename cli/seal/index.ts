/** Previews of a stack without its secrets: the snapshot, and a stack made from it. */
export { type SealRequest, seal } from "./seal.ts";
export { openSealedStack, type SealedStack, type SealedStackRequest } from "./sealed-stack.ts";
export { type Snapshot, writeSnapshot } from "./snapshot.ts";
