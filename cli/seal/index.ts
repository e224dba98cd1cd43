/** Previews of a stack without its secrets: the snapshot, and a stack made from it. */
export { openSealedStack, type SealedStack, type SealedStackRequest } from "./sealed-stack.ts";
