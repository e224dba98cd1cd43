import type { Outputs } from "./outputs.d.ts";

export type { Outputs } from "./outputs.d.ts";

/**
 * Reads the outputs of a delivery chain's stack and checks them against the contract. Await it, or hand it to
 * `pulumi.output` in a program that cannot wait.
 * @param stackName name of the stack, e.g. `organization/delivery/prod`.
 * @throws RunError when the stack has no outputs, another version of them, or one that cannot be read.
 */
export declare function readDelivery(stackName: string): Promise<Outputs>;
