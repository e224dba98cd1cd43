/**
 * The delivery chain's outputs for another Pulumi program: `import { readDelivery } from "delivery"`.
 * Plain JavaScript, because Node runs no TypeScript inside node_modules.
 */
import { RunError, StackReference } from "@pulumi/pulumi";
import { z } from "zod";
import schema from "../docs/outputs-1.schema.json" with { type: "json" };

const outputs = z.fromJSONSchema(schema);
const VERSION = schema.properties.contractVersion.const;

/**
 * Reads the outputs of a stack and checks them against the contract.
 * @param {string} stackName e.g. `organization/delivery/prod`.
 * @returns {Promise<import("./outputs.d.ts").Outputs>}
 * @throws RunError when the stack has no outputs, another version of them, or one that cannot be read.
 */
export async function readDelivery(stackName) {
  const reference = new StackReference(stackName);
  const read = Object.keys(schema.properties).map(async (name) => [name, await reference.getOutputDetails(name)]);
  const details = (await Promise.all(read)).filter(
    ([, { value, secretValue }]) => (value ?? secretValue) !== undefined,
  );

  const values = Object.fromEntries(details.map(([name, { value }]) => [name, value]));
  if (details.length === 0)
    throw failure(stackName, "has no outputs of a delivery chain.", `Run \`pulumi up\` there, or mend the name.`);
  for (const [name, { value, secretValue }] of details) {
    // The engine reads a secret of another passphrase as an empty object; the contract has none that is empty.
    const hidden = emptyObjectIn(name, value ?? secretValue);
    if (hidden)
      throw failure(
        stackName,
        `hides ${hidden}: it is a secret there, encrypted with a passphrase that this stack does not have.`,
        "The contract carries no secrets: look in stacks/transforms.ts of the delivery program for what made it one.",
      );
    if (secretValue !== undefined)
      throw failure(
        stackName,
        `hands ${name} out as a secret, and the contract carries none.`,
        "Look in stacks/transforms.ts of the delivery program for what made it one.",
      );
  }
  if (values.contractVersion !== VERSION)
    throw failure(
      stackName,
      `speaks version ${values.contractVersion} of the contract, and this package version ${VERSION}.`,
      "Install the package at the tag that the delivery program runs.",
    );
  const { success, data, error } = outputs.safeParse(values);
  if (!success)
    throw failure(stackName, `does not keep the contract:\n${z.prettifyError(error)}`, "Run `pulumi up` there.");
  return data;
}

function emptyObjectIn(path, value) {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  if (entries.length === 0) return path;
  return entries.map(([name, inner]) => emptyObjectIn(`${path}.${name}`, inner)).find(Boolean);
}

function failure(stackName, problem, nextStep) {
  return new RunError(`The stack ${stackName} ${problem}\n${nextStep}`);
}
