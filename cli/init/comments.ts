/** What a stack's file says of its own settings: the comments of the example that the program ships with. */

import { type Document, isMap, isScalar, type Pair, Scalar } from "yaml";
import { SERVICES } from "../../infra/services.ts";

const TOKEN_LINES = Object.values(SERVICES).map(
  ({ token, title, allows }) => `   ${token.padEnd(17)}  ${title}: ${allows}`,
);

/** Stands at the top of a file that is written anew. */
export const HEADER = ` What this stack declares. Every key is described in docs/configuration.md.
 The tokens are not here. Each comes from the environment of whoever runs the engine, and may be rotated at any time:
${TOKEN_LINES.join("\n")}`;

/** By the key below `delivery:`, above its line. */
export const COMMENTS: Readonly<Record<string, string>> = {
  "application.path": "A checkout of the Django project, from the folder of this file.",
  production: "Production protects what holds data: the repository, the Sentry project and its key, and the site.",
  "repository.ruleset": "`off` where the plan has no rulesets: private repositories of free accounts",
  "image.delivery":
    "`pulumi up` builds what is at application.path, pushes it and deploys it. `pinned` deploys `tag`, `continuous` " +
    "leaves it all to CircleCI: README, Delivery modes.",
  "image.repository": "on Docker Hub; with a host in front for any other registry",
  "image.username": "password: see above; a Docker Hub access token that may read and write",
  "site.secretKey":
    "Render makes the key when it makes the site. `keep` leaves an adopted site's own, `value` takes it from below.",
};

/** At the end of the file, for what is added by a command. */
function secretVariables(stack: string): string {
  const command = "npm run pulumi -- config set --secret --path delivery:secretVariables.DATABASE_URL";
  return ` The site's secret variables, one at a time:\n   ${command} --stack ${stack}`;
}

/** Puts each comment above its setting, where none stands, and a line between the parts. */
export function explain(document: Document, stack: string): void {
  const config = document.get("config");
  if (!isMap(config)) return;
  for (const [at, pair] of config.items.entries()) {
    const key = keyOf(pair);
    const name = String(key.value);
    if (!name.startsWith("delivery:")) continue;
    const part = name.slice("delivery:".length);
    key.spaceBefore = at > 0 && isMap(pair.value);
    comment(key, part);
    if (!isMap(pair.value)) continue;
    for (const inner of pair.value.items) comment(keyOf(inner), `${part}.${keyOf(inner).value}`);
  }
  document.comment ||= secretVariables(stack);
}

function comment(node: Scalar, key: string): void {
  const text = COMMENTS[key];
  if (text !== undefined && !node.commentBefore) node.commentBefore = ` ${text}`;
}

/** The key as a node, which can have a comment; one that was just set is a text yet. */
function keyOf(pair: Pair): Scalar {
  const { key } = pair;
  if (isScalar(key)) return key;
  const node = new Scalar(key);
  pair.key = node;
  return node;
}
