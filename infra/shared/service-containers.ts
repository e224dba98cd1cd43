/** The services that run beside the jobs: containers of CircleCI's convenience images, or any other. */
import { parseReference } from "../../providers/kit/image-reference.ts";
import type { VariableAt } from "../variables.ts";

/** Services by their names in the configuration. */
export interface Services {
  readonly postgres?: string | undefined;
  readonly redis?: string | undefined;
  readonly docker?: readonly ServiceContainer[] | undefined;
}

/** A container, in the words of CircleCI's `docker` key. */
export interface ServiceContainer {
  readonly image: string;
  readonly name?: string | undefined;
  readonly command?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

const DATABASE = { POSTGRES_USER: "site", POSTGRES_PASSWORD: "only-for-tests", POSTGRES_DB: "site" };

/** In the last word of the repository of an image that serves Postgres. */
const SERVES_POSTGRES = /postg|pgvector|timescale/i;

/**
 * The services, with Postgres in the version of the environment's database, unless they name one of their own.
 * @param version the major version; undefined without a database.
 */
export function withDatabase<Given extends Services>(services: Given, version: string | undefined): Given {
  const isNamed = services.postgres || services.docker?.some(({ image }) => SERVES_POSTGRES.test(lastWord(image)));
  return version === undefined || isNamed ? services : { ...services, postgres: version };
}

/** In the last word of the repository of an image that speaks Redis's protocol. */
const SERVES_REDIS = /redis|valkey|keydb|dragonfly/i;

/** What Render's key value stores speak: Valkey began as this version of Redis ("Render Key Value"). */
const REDIS_VERSION = "7.2";

/** The services, with Redis where the environment has a cache, unless they name one of their own. */
export function withCache<Given extends Services>(services: Given, hasCache: boolean): Given {
  const isNamed = services.redis || services.docker?.some(({ image }) => SERVES_REDIS.test(lastWord(image)));
  return !hasCache || isNamed ? services : { ...services, redis: REDIS_VERSION };
}

function lastWord(image: string): string {
  return parseReference(image)?.path.split("/").at(-1) ?? "";
}

/** The containers of these services. */
export function serviceContainers({ postgres, redis, docker = [] }: Services = {}): ServiceContainer[] {
  return [
    ...(postgres ? [{ image: postgresImage(postgres), environment: DATABASE }] : []),
    ...(redis ? [{ image: `cimg/redis:${redis}` }] : []),
    ...docker,
  ];
}

/** The variables by which an application usually finds them. */
export function serviceVariables({ postgres, redis }: Services = {}): Partial<Record<VariableAt<"checks">, string>> {
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = DATABASE;
  return {
    ...(postgres && { DATABASE_URL: `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@localhost:5432/${POSTGRES_DB}` }),
    ...(redis && { REDIS_URL: "redis://localhost:6379/0" }),
  };
}

/** CircleCI tags its image with whole versions only ("Convenience images support policy"), Docker Hub's also with major ones. */
function postgresImage(version: string): string {
  return version.includes(".") ? `cimg/postgres:${version}` : `postgres:${version}`;
}
