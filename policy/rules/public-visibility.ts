import { setCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp } from "../kit/look-up.ts";
import { CI_PROJECT, REPOSITORY } from "../kit/resource-types.ts";
import type { ResourceRule, Subject } from "../kit/rule.ts";

/** Nothing becomes public by mistake. */
export const publicVisibility: ResourceRule = {
  name: "public-visibility",
  title: "Only the repositories that may be public are public, and only their builds.",
  where: "everywhere",
  level: "mandatory",
  severity: "high",
  reason: "What was public for a minute may have been copied.",
  mend:
    `\`${setCommand("delivery:repository.visibility", "private")}\`, or name the repository in policy/config.json, ` +
    "public-visibility.repositories.",
  settings: {
    repositories: { description: "names of the repositories that may be public", default: [] },
  },
  types: [REPOSITORY, CI_PROJECT],
  *check(subject, { repositories = [] }) {
    const name = repositoryName(subject);
    if (typeof name === "string" && repositories.includes(name)) return;
    const { properties } = subject;
    if (lookUp(properties, "visibility") === "public" || lookUp(properties, "private") === false)
      yield { problem: `${labelOf(subject)} is public.` };
    if (lookUp(properties, "settings", "oss") === true)
      yield { problem: `${labelOf(subject)} shows its builds to everybody.` };
  },
};

function repositoryName({ type, properties }: Subject): unknown {
  if (type === REPOSITORY) return lookUp(properties, "name");
  const slug = lookUp(properties, "slug");
  return typeof slug === "string" ? slug.split("/").at(-1) : slug;
}
