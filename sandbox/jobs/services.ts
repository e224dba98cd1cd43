/** Service containers of a job: the sandbox's own servers stand for them. */
import type { ServiceImage } from "../services/circleci/pipelines/config.ts";
import type { Databases } from "../services/core/databases.ts";

/** `postgres:17`, `cimg/postgres:17.2`: the major version; undefined for another image. */
function postgresVersion(image: string): string | undefined {
  return /^(?:docker\.io\/)?(?:library\/|cimg\/)?postgres:(\d+)/.exec(image)?.[1];
}

/** The images that nothing stands for. */
export function unknownServices(images: readonly ServiceImage[], databases: Databases | undefined): string[] {
  return images
    .slice(1)
    .filter(({ image }) => !databases || postgresVersion(image) === undefined)
    .map(({ image }) => `service container ${image}`);
}

/**
 * Provides the services. Gives the job's variables, in which the addresses on `localhost`, where CircleCI has the
 * containers, are those of the servers here. A role of a job is never one of the site's.
 */
export async function provideServices(
  images: readonly ServiceImage[],
  databases: Databases | undefined,
  variables: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  let provided = { ...variables };
  for (const { image, environment } of images.slice(1)) {
    const version = postgresVersion(image);
    if (version === undefined || !databases) continue;
    const user = environment["POSTGRES_USER"] ?? "postgres";
    const password = environment["POSTGRES_PASSWORD"] ?? "";
    const database = environment["POSTGRES_DB"] ?? user;
    const own = { user: `ci-${user}`, database: `ci-${database}`, password, version };
    const { host, port } = await databases.provide(own);
    const before = `${user}:${password}@localhost:5432/${database}`;
    const after = `${own.user}:${password}@${host}:${port}/${own.database}`;
    provided = Object.fromEntries(
      Object.entries(provided).map(([name, value]) => [name, value.replaceAll(before, after)]),
    );
  }
  return provided;
}
