/** The address of the Docker engine that builds the image, which must stay the one that stands in the state. */
import { getOrganization, getProject, getStack, RunError, runtime } from "@pulumi/pulumi";
import { z } from "zod";

const IMAGE_PROVIDER = "pulumi:providers:docker-build";

const outputsSchema = z.object({ outputs: z.record(z.string(), z.unknown()) });
const providerSchema = z.object({
  type: z.literal(IMAGE_PROVIDER),
  outputs: z.object({ host: z.string().optional() }),
});

/**
 * Refuses a DOCKER_HOST with which the image would be replaced: its plugin keeps the variable in the state, and makes
 * the image anew when it is another, or none, the next time. Nothing is declared yet.
 * @throws RunError that names both addresses and the ways out.
 */
export async function refuseAnotherDockerHost(environment: NodeJS.ProcessEnv): Promise<void> {
  const recorded = await recordedHosts();
  const host = environment["DOCKER_HOST"] ?? "";
  const [other] = recorded.filter((one) => one !== host);
  if (other === undefined || recorded.includes(host)) return;
  const here = host === "" ? "is not set here" : `is ${host} here`;
  const there = other === "" ? "without one" : `with ${other}`;
  throw new RunError(
    `DOCKER_HOST ${here}, and the stack's image was made ${there}. The docker-build plugin keeps the address in the ` +
      "state and would replace the image for it. Nothing was changed.\n" +
      "Run this as `npx --no delivery up` or `npm run pulumi -- up`, which keep the address out of it" +
      (other === "" ? ", or without DOCKER_HOST." : `, or with DOCKER_HOST=${other}.`),
  );
}

/** The addresses with which the image's provider was made, "" for none; empty before the first update. */
async function recordedHosts(): Promise<string[]> {
  const stackName = `${getOrganization()}/${getProject()}/${getStack()}`;
  // The Pulumi CLI fails on the resources of a stack that has none, which this question tells.
  const stack = await ask("pulumi:pulumi:readStackOutputs", stackName);
  if (Object.keys(stack).length === 0) return [];
  const resources = await ask("pulumi:pulumi:readStackResourceOutputs", stackName);
  const providers = Object.values(resources).map((resource) => providerSchema.safeParse(resource).data);
  return providers.flatMap((provider) => (provider ? [provider.outputs.host ?? ""] : []));
}

async function ask(token: string, stackName: string): Promise<Record<string, unknown>> {
  const answer = await runtime.invoke(token, { name: stackName, stackName });
  return outputsSchema.safeParse(answer).data?.outputs ?? {};
}
