/** Inputs and outputs of the Project resource. */
import { z } from "zod";
import type { CheckFailure } from "../../kit/resource.ts";
import { isUuid } from "./organizations.ts";
import { settings } from "./project-settings.ts";

const properties = z.object({
  slug: z
    .string()
    .regex(/^(gh|github|bb|bitbucket|circleci)\/[^/]+\/[^/]+$/, "is no slug of a project, such as gh/acme/site")
    .optional()
    .describe(
      "Slug of the project: `gh/<organization>/<repository>`, or `circleci/<id>/<id>` for a GitHub App project that was " +
        "imported. The name of another repository in it is a rename, which CircleCI takes over by itself: the project " +
        "stays. Any other change replaces the project.",
    ),
  organization: z
    .string()
    .optional()
    .describe(
      "For a new GitHub App project instead of slug: slug (`circleci/<id>`) or id of its organization. A change replaces " +
        "the project.",
    ),
  name: z
    .string()
    .min(1)
    .optional()
    .describe("For a new GitHub App project instead of slug: its name. A change replaces the project."),
  settings: settings.prefault({}),
});

/** Inputs of a project. */
export const inputs = properties.refine(
  ({ slug, organization, name }) => slug !== undefined || (organization !== undefined && name !== undefined),
  "give slug, or organization and name for a new GitHub App project",
);

/** Outputs of a project. */
export const outputs = properties.extend({
  slug: z.string().describe("Slug of the project."),
  name: z.string().describe("Name of the project: the repository's, in an OAuth organization."),
  projectId: z.string().describe("Id of the project, a UUID."),
  organizationId: z.string().describe("Id of its organization, a UUID."),
  organizationName: z.string().describe("Name of its organization."),
  organizationSlug: z.string().describe("Slug of its organization."),
  vcsUrl: z.string().describe("Address of the repository."),
  defaultBranch: z.string().describe("Branch that the repository calls its default."),
});

export type Inputs = z.infer<typeof inputs>;
export type Outputs = z.infer<typeof outputs>;

/** What depends on the kind of the organization. */
export function checkProject({ slug, organization, name, settings: flags }: Partial<Inputs>): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (slug !== undefined && (organization !== undefined || name !== undefined)) {
    failures.push({ property: "slug", reason: "goes without organization and name, which make a new App project" });
  }
  if (organization !== undefined && !organization.startsWith("circleci/") && !isUuid(organization)) {
    failures.push({ property: "organization", reason: "is for GitHub App organizations (circleci/<id>); give slug" });
  }
  const isApp = organization !== undefined || slug?.startsWith("circleci/");
  for (const flag of ["forksReceiveSecretEnvVars", "oss"] as const) {
    if (isApp && flags?.[flag]) failures.push({ property: `settings.${flag}`, reason: "is not for App projects" });
  }
  return failures;
}
