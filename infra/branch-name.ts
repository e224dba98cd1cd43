/** Names that a branch may have. */

/**
 * What git takes for a branch (git-check-ref-format), without what GitHub refuses besides: a name that looks like a
 * commit's, or begins with `refs/` ("Dealing with special characters in branch and tag names"), and without `<<`, which
 * begins an expression in CircleCI's file, where the name stands.
 */
export const BRANCH_NAME = new RegExp(
  [
    "^(?![-/.]|refs/|HEAD$|@$|[0-9a-fA-F]{40}$)",
    String.raw`(?!.*(?:<<|\.\.|//|/\.|@\{|\.lock(?:/|$)))`,
    String.raw`[^\p{Cc} ~^:?*[\\]{1,244}`,
    "(?<![/.])$",
  ].join(""),
  "su",
);
