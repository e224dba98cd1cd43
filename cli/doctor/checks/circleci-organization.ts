/** The one step that only a person can take: letting CircleCI into the GitHub organization. */
import { z } from "zod";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { canonicalSlug } from "../../../providers/circleci/slug.ts";
import { list, optional } from "../../../providers/kit/answer.ts";
import { bodyOf } from "../answer.ts";
import { partCheck } from "../check.ts";
import { ok, problem } from "../finding.ts";

const collaborations = list(z.object({ slug: z.string(), name: optional(z.string()) }));

export const circleciOrganization = partCheck("pipeline", {
  id: "circleci-organization",
  area: "CircleCI",
  title: "access to the organization",
  asks: "`GET /api/v2/me/collaborations`: the organizations that CircleCI knows the token's user in.",
  finds:
    "Nobody has authorized CircleCI for the organization yet, or not with the user of this token: it is the one step that only a person " +
    "can take. Or CircleCI spells the organization in other capitals.",
  needs: ["circleci-token"],
  async run({ organization }, { readers }) {
    const slug = canonicalSlug(organization);
    const name = slug.slice(slug.indexOf("/") + 1);
    const known = bodyOf(await readers.circleci().get("/api/v2/me/collaborations"), collaborations);
    const same = known.map((one) => canonicalSlug(one.slug)).filter((one) => one.toLowerCase() === slug.toLowerCase());
    if (same.includes(slug)) return ok(`CircleCI knows the token's user in ${slug}`);
    if (same[0])
      return problem(
        `CircleCI calls the organization ${same[0]}, not ${slug}: capitals count there`,
        setCommand("delivery:pipeline.organization", same[0]),
      );
    const byApp = known.find(
      (one) => one.slug.startsWith("circleci/") && one.name?.toLowerCase() === name.toLowerCase(),
    );
    if (byApp)
      return problem(
        `${name} is joined to CircleCI by the GitHub App (${byApp.slug}); the chain follows projects by OAuth, ${slug}`,
        `Once, by a person: log in at app.circleci.com with GitHub and authorize CircleCI for ${name}.`,
      );
    return problem(
      `CircleCI does not know the token's user in ${slug}`,
      `Once, by a person: log in at app.circleci.com with GitHub, authorize CircleCI, and grant it ${name} at github.com/settings/connections/applications.`,
    );
  },
});
