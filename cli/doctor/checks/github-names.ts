/** Whether the repository's name is free. */
import { z } from "zod";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { ok, problem, warn } from "../finding.ts";
import { ADOPT } from "../names.ts";
import { ownedRepository } from "./github-repository.ts";

const repository = z.object({ full_name: z.string(), archived: z.boolean().optional() });

export const githubNames = partCheck("repository", {
  id: "github-names",
  area: "GitHub",
  title: "name of the repository",
  asks: "`GET /repos/OWNER/NAME`, and the stack's state.",
  finds: "A repository of the name exists and is not in the stack, or is archived.",
  needs: ["github-token", "github-owner"],
  async run({ name }, context) {
    const answer = await ownedRepository(context, name);
    if (answer.status === 404) return ok(`${name} is free`);
    if (answer.status === 301)
      return warn(
        `${name} is the former name of another repository; a new one ends its redirect`,
        setCommand("delivery:repository.name"),
      );
    const { full_name, archived } = bodyOf(answer, repository);
    const ours = inState(context.facts, "github:index/repository:Repository", ({ id }) => id === name);
    if (archived)
      return problem(`${full_name} is archived: nothing in it can be changed`, "Unarchive it in its settings.");
    return ours ? ok(`${full_name} is this stack's`) : problem(`${full_name} exists, and is not in this stack`, ADOPT);
  },
});
