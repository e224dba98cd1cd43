/** What the owner's plan at GitHub does not offer. */
import { z } from "zod";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { optional } from "../../../providers/kit/answer.ts";
import { planHasNone } from "../../services/github-rulesets.ts";
import { reasonIn } from "../answer.ts";
import { type CheckContext, partCheck } from "../check.ts";
import { type Finding, notChecked, ok, problem, warn } from "../finding.ts";
import { repositoryPath } from "./github-repository.ts";

const planned = z.object({ plan: optional(z.object({ name: z.string() })) });

/** A setting that asks for a plan ("GitHub's plans"). */
interface Wish {
  readonly setting: string;
  readonly what: string;
  readonly without: string;
  readonly refuses: (plan: string) => boolean;
}

const isFree = (plan: string): boolean => plan === "free";

export const githubPlan = partCheck("repository", {
  id: "github-plan",
  area: "GitHub",
  title: "plan of the owner",
  asks:
    "The plan in `GET /orgs/OWNER` or `GET /user`, where the token may see it; else `GET .../rulesets` of a repository that is there, " +
    "which a plan without rulesets refuses.",
  finds: "Rulesets, auto-merge or an internal repository are asked for, and the plan has none.",
  needs: ["github-token", "github-owner"],
  async run(settings, context) {
    const closed = settings.visibility !== "public";
    const wishes: Wish[] = [
      ...(closed && settings.ruleset ? [wish("ruleset", "rulesets of private repositories", "off", isFree)] : []),
      ...(closed && settings.autoMerge
        ? [wish("autoMerge", "auto-merge in private repositories", "false", isFree)]
        : []),
      ...(settings.visibility === "internal"
        ? [wish("visibility", "internal repositories", "private", (plan) => !/enterprise|business_plus/.test(plan))]
        : []),
    ];
    const paid = closed && settings.secretScanning ? [secretScanning] : [];
    if (wishes.length + paid.length === 0) return ok("nothing is asked for that a plan could refuse");
    const plan = await planOf(context);
    if (plan === undefined) return [...(await withoutPlan(settings.name, wishes, context)), ...paid];
    const refused = wishes.filter(({ refuses }) => refuses(plan));
    const problems = refused.map(({ setting, what, without }) =>
      problem(
        `the plan ${plan} has no ${what}`,
        `Upgrade, or: ${setCommand(`delivery:repository.${setting}`, without)}`,
      ),
    );
    return problems.length + paid.length > 0 ? [...problems, ...paid] : ok(`${plan}: offers all that is asked for`);
  },
});

const secretScanning = warn(
  "secret scanning of a private repository is bought apart (GitHub Secret Protection); no request tells whether it was",
  `Look at the organization's settings, or: ${setCommand("delivery:repository.secretScanning", "false")}`,
);

function wish(setting: string, what: string, without: string, refuses: Wish["refuses"]): Wish {
  return { setting, what, without, refuses };
}

/** Only an owner's token with admin:org, or a user's with the scope user, is shown it. */
async function planOf({ facts, readers }: CheckContext): Promise<string | undefined> {
  const github = readers.github();
  const organization = await github.get(`/orgs/${encodeURIComponent(facts.owner ?? "")}`);
  const { body } = organization.status === 404 ? await github.get("/user") : organization;
  return planned.safeParse(body).data?.plan?.name;
}

async function withoutPlan(name: string, wishes: readonly Wish[], context: CheckContext): Promise<Finding[]> {
  const answer = await context.readers.github().get(`${repositoryPath(context, name)}/rulesets`);
  if (planHasNone(answer.status, reasonIn(answer)))
    return [
      problem(
        "the plan has no rulesets of private repositories",
        `Upgrade, or: ${setCommand("delivery:repository.ruleset", "off")}`,
      ),
    ];
  const asked = wishes.filter(({ setting }) => setting !== "ruleset" || answer.status !== 200);
  if (asked.length === 0) return [ok("offers rulesets")];
  const what = asked.map((one) => one.what).join(", ");
  return [
    notChecked(`the token may not see the plan; it has to offer ${what}`, "Look at the owner's billing settings."),
  ];
}
