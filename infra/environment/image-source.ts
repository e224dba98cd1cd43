/** Where the environment's image comes from, found before anything is declared. */
import { getStack, log, type Output, output, RunError, runtime, unknown } from "@pulumi/pulumi";
import { configurationError } from "../../lib/configuration-error.ts";
import { setCommand } from "../../lib/configuration-problems.ts";
import type { Configuration, PartOf } from "../config.ts";
import { deliveryOf } from "../delivery.ts";
import { readLogin } from "../registry-logins.ts";
import { type BuildContext, readBuildContext } from "./build-context.ts";
import { refuseAnotherDockerHost } from "./docker-host.ts";
import { lookUpTag } from "./registry-tag.ts";

/** An image that `pulumi up` builds, one that is in the registry, or one that CircleCI replaces with each commit. */
export type ImageSource =
  | { readonly kind: "build"; readonly tag: string; readonly buildContext: BuildContext }
  | { readonly kind: "registry"; readonly tag: string; readonly digest: Output<string> }
  | { readonly kind: "pipeline"; readonly tag: string };

/**
 * Finds the image; undefined when it is `off`.
 * @throws RunError when there is nothing to build, the image would be replaced, or the registry has no such tag.
 */
export async function findImage(configuration: Configuration): Promise<ImageSource | undefined> {
  const { image } = configuration;
  if (!image) return undefined;
  const delivery = deliveryOf(image);
  if (delivery.mode === "build") {
    await refuseAnotherDockerHost(process.env);
    const buildContext = await readBuildContext(configuration, image);
    return { kind: "build", tag: buildContext.tag, buildContext };
  }
  const { tag, tagOwner } = delivery;
  if (tagOwner === "pipeline") return { kind: "pipeline", tag };
  return { kind: "registry", tag, digest: await digestOf({ ...image, tag }) };
}

async function digestOf(image: PartOf<"image"> & { readonly tag: string }): Promise<Output<string>> {
  const found = await lookUpTag({ repository: image.repository, tag: image.tag, ...readLogin(image) });
  if (found.digest !== undefined) return output(found.digest);
  const key = "delivery:image.tag";
  if (found.isAbsent) {
    const problem = `names no image: ${image.repository} has no tag ${image.tag}`;
    const mend = `${setCommand(key, "TAG")}   (\`npx --no delivery releases\` shows what ran)`;
    throw configurationError(getStack(), [{ key, problem, mend }]);
  }
  const message = `The registry cannot be asked for ${image.repository}:${image.tag}. ${found.reason}`;
  if (!runtime.isDryRun())
    throw new RunError(`${message}\nNothing was changed. Check image.username and image.password.`);
  log.warn(`${message} An update would stop here.`);
  return output(unknown as unknown as string);
}
