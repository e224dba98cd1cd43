/** Medians: a single slow run does not move them. */

/** The median of some numbers. Throws when there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  if (high === undefined || low === undefined) throw new Error("there is no median of no numbers");
  return (low + high) / 2;
}
