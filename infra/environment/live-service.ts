/** What serves now, at a Render service whose image something else decides. */
import { type Output, type Resource, unknown } from "@pulumi/pulumi";
import { answerTo } from "../../lib/recorded-answers.ts";
import * as render from "../../providers/render/index.ts";

/** The newest deploy, and the image that serves. */
interface Live {
  readonly deployId: string | undefined;
  readonly liveImage: string | undefined;
  readonly liveDigest: string | undefined;
}

/** Asks Render; the values stay unknown where nobody can be asked. */
export function liveService(id: Output<string>, parent: Resource): Output<Live> {
  return id.apply(async (service) => {
    const ask = async (): Promise<Live> => {
      const { deployId, liveImage, liveDigest } = await render.getService({ id: service }, { parent });
      return { deployId, liveImage, liveDigest };
    };
    return (await answerTo(`service ${service}`, ask)) ?? UNKNOWN;
  });
}

const UNKNOWN = { deployId: unknown, liveImage: unknown, liveDigest: unknown } as unknown as Live;
