/** Whether the repository's name is free. */
import { z } from "zod";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { optional } from "../../../providers/kit/answer.ts";
import { type Renamed, renamedTo } from "../../services/github-repository.ts";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { type Finding, ok, problem, warn } from "../finding.ts";
import { ADOPT } from "../names.ts";
import { ownedRepository } from "./github-repository.ts";

const repository = z.object({ full_name: z.string(), archived: optional(z.boolean()) });

export const githubNames = partCheck("repository", {
  id: "github-names",
  area: "GitHub",
  title: "name of the repository",
  asks: "`GET /repos/OWNER/NAME`, and the stack's state.",
  finds:
    "A repository of the name exists and is not in the stack, or is archived; or it is called otherwise now, and which " +
    "line of the stack's file follows it.",
  needs: ["github-token", "github-owner"],
  async run({ name }, context) {
    const answer = await ownedRepository(context, name);
    if (answer.status === 404) return ok(`${name} is free`);
    const { full_name, archived } = bodyOf(answer, repository);
    const ours = inState(context.facts, "github:index/repository:Repository", ({ id }) => id === name);
    if (archived)
      return problem(`${full_name} is archived: GitHub refuses every change in it`, "Unarchive it in its settings.");
    const renamed = renamedTo(context.facts.owner ?? "", name, full_name);
    if (renamed) return formerName(renamed, name, ours);
    return ours ? ok(`${full_name} is this stack's`) : problem(`${full_name} exists, and is not in this stack`, ADOPT);
  },
});

/** An `up` would give the stack's own repository its former name again; another's loses its redirect. */
function formerName({ said, settings }: Renamed, name: string, isOurs: boolean): Finding {
  const follow = Object.entries(settings).map(([key, value]) => setCommand(key, value));
  return isOurs
    ? problem(said, follow.join(" && "))
    : warn(
        `${said}: a new ${name} ends the redirect from there`,
        `Choose another name: ${setCommand("delivery:repository.name")}`,
      );
}
