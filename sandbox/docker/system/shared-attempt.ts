/** What is made once in a process, for all who ask. */

/** Makes it when somebody asks first. When that fails, all who have asked until then learn of it, and the next tries again. */
export function sharedAttempt<T>(make: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= make().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
