/** Images of Docker Hub. */
import type { Progress } from "../../../cli/progress.ts";
import type { CallOptions } from "../system/command.ts";
import { defaultBaseImage } from "./base-image.ts";
import type { Mirror } from "./mirror.ts";
import { findStandIn, makeStandIn, type StandInRequest } from "./stand-in.ts";

/** An engine's images, as it gets them through its own network settings. */
export interface PublicImages {
  has(image: string): Promise<boolean>;
  /** @throws Error when the image cannot be had. */
  pull(image: string, options: CallOptions): Promise<unknown>;
}

/** How long Docker Hub may be silent before it counts as out of reach. */
const SILENCE_MS = 15_000;

/** Pulls an image unless it is there. @returns whether it is there now. */
export async function makeAvailable(
  images: PublicImages,
  image: string,
  { progress, signal }: { readonly progress: Progress; readonly signal?: AbortSignal | undefined },
): Promise<boolean> {
  if (await images.has(image)) return true;
  const isThere = await progress.step(
    `Looking for ${image} on Docker Hub`,
    (detail) => pull(images, image, detail, signal),
    "15 s",
  );
  signal?.throwIfAborted();
  return isThere;
}

/**
 * Sees to it that a build finds its base image: Docker Hub's own when it is in reach, else a stand-in that the mirror
 * serves. A stand-in that was made before is used without asking Docker Hub again.
 * @returns where a builder that knows no mirror finds the stand-in; undefined when Docker Hub's own is used.
 * @throws CommandFailure when neither can be had.
 */
export async function offerBaseImage(
  images: PublicImages,
  mirror: Mirror,
  request: StandInRequest,
): Promise<string | undefined> {
  const image = await defaultBaseImage();
  const before = await findStandIn(request.cacheDir);
  if (!before && image && (await makeAvailable(images, image, request))) return undefined;
  mirror.offer(before ?? (await makeStandIn(request)));
  return image && `${mirror.address}/library/${image}`;
}

async function pull(
  images: PublicImages,
  image: string,
  detail: (text: string) => void,
  ended = new AbortController().signal,
): Promise<boolean> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const onLine = (line: string): void => {
    timer.refresh();
    detail(line);
  };
  try {
    await images.pull(image, { signal: AbortSignal.any([silence.signal, ended]), onLine });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
