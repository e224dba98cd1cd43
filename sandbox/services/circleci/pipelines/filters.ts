/** Which branches a job of a workflow runs on ("Configuration reference": branches). */

/** Branches by name, or by a pattern between slashes. */
export interface BranchFilter {
  readonly only?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
}

/** Whether the filter lets a branch through. `ignore` wins over `only`. */
export function branchMatches({ only, ignore = [] }: BranchFilter = {}, branch: string): boolean {
  const isNamed = (pattern: string): boolean => {
    const [, expression] = /^\/(.*)\/$/s.exec(pattern) ?? [];
    // A pattern has to match the whole name.
    return expression === undefined ? pattern === branch : new RegExp(`^(?:${expression})$`).test(branch);
  };
  return !ignore.some(isNamed) && (only === undefined || only.some(isNamed));
}
