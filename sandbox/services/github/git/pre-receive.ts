/**
 * Git's hook that refuses a push. What is forbidden is known before the push begins, but for one thing: whether it
 * rewrites the branch is only known with its commits. So there is a file for each reference and kind of change that is
 * forbidden, which holds the reason.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { blobSha } from "../git-objects.ts";
import type { BranchChange } from "../rule-enforcement.ts";

/** The kinds of change that the hook tells apart. */
export const changeKinds = ["create", "update", "force-update", "delete"] as const;

/** Variable that names the folder with the reasons. */
const REASONS = "SANDBOX_REFUSALS";

/** Text of the hook. A reference is named by what git calls its text, for it may hold slashes. */
export const PRE_RECEIVE = `#!/bin/sh
# Refuses what the repository's rules forbid. The sandbox writes it, and the reasons.
none=0000000000000000000000000000000000000000
refused=0
while read -r old new ref; do
  if [ "$old" = $none ]; then kind=create
  elif [ "$new" = $none ]; then kind=delete
  elif git merge-base --is-ancestor "$old" "$new" 2> /dev/null; then kind=update
  else kind=force-update; fi
  reason="$${REASONS}/$(printf %s "$ref" | git hash-object --stdin).$kind"
  if [ -f "$reason" ]; then
    cat "$reason" >&2
    refused=1
  fi
done
exit $refused
`;

/** Why a change of a reference is forbidden; undefined when it is not. */
export type Judge = (reference: string, kind: BranchChange["kind"]) => string | undefined;

/** Writes down the reasons for what a push asks for, does the work with the environment that the hook needs, and cleans up. */
export async function withRefusals<T>(
  references: readonly string[],
  judge: Judge,
  work: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-push-"));
  try {
    for (const reference of references) {
      for (const kind of changeKinds) {
        const reason = judge(reference, kind);
        if (reason) await writeFile(join(folder, `${blobSha(Buffer.from(reference))}.${kind}`), reason);
      }
    }
    return await work({ [REASONS]: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The references that a push names ("Git pack protocol": reference update requests are packet lines, each with its
 * length in four digits, up to an empty one).
 */
export function pushedReferences(body: Uint8Array, encoding: string | undefined): string[] {
  const bytes = Buffer.from(encoding === "gzip" ? gunzipSync(body) : body);
  const found: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = Number.parseInt(bytes.toString("latin1", at, at + 4), 16);
    if (!(length > 4)) break;
    const [command = ""] = bytes.toString("utf8", at + 4, at + length).split("\0");
    const [, name] = /^[0-9a-f]{40} [0-9a-f]{40} (.+?)\n?$/.exec(command) ?? [];
    if (name) found.push(name);
    at += length;
  }
  return found;
}
