/** Slugs of organizations and projects, which CircleCI takes in two spellings. */

/**
 * The short spelling of a slug: `github` is the long name of `gh`, and `bitbucket` of `bb` ("CircleCI API v2", project
 * slug). What follows stays as it is: CircleCI tells capitals from small letters there.
 */
export function canonicalSlug(slug: string): string {
  return slug.replace(/^github\//, "gh/").replace(/^bitbucket\//, "bb/");
}
