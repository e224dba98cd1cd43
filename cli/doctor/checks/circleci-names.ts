/** Whether CircleCI's project and context are free. */

import { setCommand } from "../../../lib/configuration-problems.ts";
import { contextsNamed } from "../../../providers/circleci/plugin/context-api.ts";
import { canonicalSlug } from "../../../providers/circleci/slug.ts";
import { circleciClient } from "../../services/circleci.ts";
import { unexpected } from "../answer.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { ok, problem } from "../finding.ts";
import { ADOPT, declaredName } from "../names.ts";
import { spelledByGithub } from "./github-repository.ts";

export const circleciProject = partCheck("pipeline", {
  id: "circleci-project",
  area: "CircleCI",
  title: "name of the project",
  asks: "`GET /api/v2/project/SLUG`, GitHub's `GET /repos/OWNER/NAME` for the name's capitals, and the stack's state.",
  finds:
    "The repository is followed already, and not by this stack; or GitHub spells its name in other capitals, which count at CircleCI.",
  needs: ["circleci-organization"],
  applies: (_settings, { declares }) => declares !== "environment",
  async run({ organization }, context) {
    const { facts, readers, configuration } = context;
    const name = configuration.repository?.name ?? configuration.application.name;
    const slug = declaredName(configuration, "pipeline", `${organization}/${name}`, "slug");
    const spelling = configuration.repository && (await spelledByGithub(context, name));
    if (spelling !== undefined && spelling !== name && slug === `${organization}/${name}`)
      return problem(
        `GitHub calls the repository ${spelling}, not ${name}, and CircleCI tells capitals from small letters`,
        setCommand("delivery:repository.name", spelling),
      );
    const answer = await readers.circleci().get(`/api/v2/project/${slug.split("/").map(encodeURIComponent).join("/")}`);
    if (answer.status === 404) return ok(`${slug} is free`);
    if (answer.status !== 200) throw unexpected(answer);
    const ours = inState(facts, "circleci:index:Project", ({ id = "" }) => canonicalSlug(id) === canonicalSlug(slug));
    return ours
      ? ok(`${slug} is this stack's`)
      : problem(`${slug} is followed already, and is not in this stack`, ADOPT);
  },
});

export const circleciContext = partCheck("pipeline", {
  id: "circleci-context",
  area: "CircleCI",
  title: "name of the context",
  asks: "`GET /api/v2/context?owner-slug=ORGANIZATION`, and the stack's state.",
  finds: "One of the name exists and is not in the stack.",
  needs: ["circleci-contexts"],
  applies: ({ context }, { declares }) => context !== undefined && declares !== "shared",
  async run({ organization, context: name = "" }, { facts, env, signal }) {
    const [found] = await contextsNamed({ client: circleciClient(env), signal }, organization, name);
    if (!found) return ok(`${name} is free`);
    const ours = inState(facts, "circleci:index:Context", ({ id }) => id === found.id);
    if (ours) return ok(`${name} is this stack's`);
    return problem(
      `a context ${name} exists, and is not in this stack`,
      `${ADOPT} (${setCommand("delivery:pipeline.context")})`,
    );
  },
});
