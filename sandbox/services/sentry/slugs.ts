/** Slugs of teams and projects. */
import { z } from "zod";

/** A slug as a request may give it. */
export const slugField = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(
      /^(?![0-9]+$)[a-z0-9_-]+$/,
      "Enter a valid slug consisting of lowercase letters, numbers, underscores or hyphens. It cannot be entirely numeric.",
    );

/** A free slug made from a name: with a number behind it when another has it. */
export function slugFrom(name: string, isTaken: (slug: string) => boolean): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const base = /^[0-9]*$/.test(plain) ? `p-${plain}` : plain;
  let slug = base;
  for (let number = 2; isTaken(slug); number += 1) slug = `${base}-${number}`;
  return slug;
}
