/**
 * Whether "not found" may be believed. Render answers 404 also for what an API key may not see, and a fault on the way
 * can answer it for anything; what is then taken for gone would be made a second time, or left behind.
 */
import { z } from "zod";
import { findOwner } from "./api/owners.ts";
import type { ApiContext } from "./client.ts";

/** An object that was not found. */
export interface Missing {
  /** "service srv-1". */
  readonly what: string;
  readonly id: string;
}

/** What a list has to tell of its items. */
export const listed = z.object({ id: z.string() });

/**
 * Returns when the object is gone: its workspace can be seen, and lists it no more.
 * @throws Error when the workspace lists it all the same, or cannot be seen.
 */
export async function confirmGone(
  api: ApiContext,
  missing: Missing & { readonly ownerId: string },
  list: () => Promise<readonly { readonly id: string }[]>,
): Promise<void> {
  const { what, ownerId } = missing;
  if (!(await findOwner(api, ownerId))) {
    throw new Error(
      `Render does not find ${what}, and the API key in RENDER_API_KEY may not see its workspace ${ownerId}: whether it ` +
        "is gone cannot be told. Set RENDER_API_KEY to a key of a member of that workspace",
    );
  }
  await confirmUnlisted(missing, list);
}

/** Returns when a list does not have the object any more. Throws Error when it has it all the same. */
export async function confirmUnlisted(
  { what, id }: Missing,
  list: () => Promise<readonly { readonly id: string }[]>,
): Promise<void> {
  if (!(await list()).some((item) => item.id === id)) return;
  throw new Error(`Render answered that ${what} does not exist, and lists it all the same; run the same command again`);
}
