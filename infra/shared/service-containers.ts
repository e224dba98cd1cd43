/** The services that run beside the jobs: containers of CircleCI's convenience images, or any other. */
import type { PartOf } from "../config.ts";

type Services = Partial<PartOf<"pipeline">["services"]>;

/** A container, in the words of CircleCI's `docker` key. */
export interface ServiceContainer {
  readonly image: string;
  readonly name?: string | undefined;
  readonly command?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

const DATABASE = { POSTGRES_USER: "site", POSTGRES_PASSWORD: "only-for-tests", POSTGRES_DB: "site" };

/** The containers of these services. */
export function serviceContainers({ postgres, redis, docker = [] }: Services = {}): ServiceContainer[] {
  return [
    ...(postgres ? [{ image: `cimg/postgres:${postgres}`, environment: DATABASE }] : []),
    ...(redis ? [{ image: `cimg/redis:${redis}` }] : []),
    ...docker,
  ];
}

/** The variables by which an application usually finds them. */
export function serviceVariables({ postgres, redis }: Services = {}): Record<string, string> {
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = DATABASE;
  return {
    ...(postgres && { DATABASE_URL: `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@localhost:5432/${POSTGRES_DB}` }),
    ...(redis && { REDIS_URL: "redis://localhost:6379/0" }),
  };
}
