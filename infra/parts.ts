/**
 * The parts of a stack: whatever is listed by part elsewhere follows from this table. A new part is a row here, a key of
 * the configuration's schema, and files of its own.
 */
import { SERVICES, type ServiceKey } from "./services.ts";

/** What is known of a part. */
export interface PartFacts {
  /**
   * Where it is declared, which takes that service's token; undefined for the image, whose registry has a login of its
   * own, and for database and cache, which there are with a site only.
   */
  readonly service?: ServiceKey;
  /** Types of the components that are the part, with all below them. */
  readonly components: readonly string[];
  /** Logical names of resources that go with the part although they stand in another one's component. */
  readonly alongside?: readonly string[];
  /** Whether `init` offers to leave it out. */
  readonly isOptional: boolean;
  /** Whether a stack's file has to mention it for the part to be on. */
  readonly isOffUnlessNamed?: true;
  /** What to know once the part has left the stack and stays at its service. */
  readonly afterLeaving?: string;
}

/** By the part's key below `delivery:`, in the order in which people read them. */
export const PARTS = {
  repository: { service: "github", components: ["delivery:shared:SourceRepository"], isOptional: true },
  pipeline: {
    service: "circleci",
    components: ["delivery:shared:CiProject", "delivery:environment:CiContext"],
    // A pipeline that is `off` has no file any more.
    alongside: ["repository-pipeline-file"],
    isOptional: true,
  },
  image: { components: ["delivery:environment:AppImage"], isOptional: false },
  errors: {
    service: "sentry",
    components: ["delivery:shared:ErrorProject", "delivery:environment:ErrorKey"],
    isOptional: true,
    afterLeaving:
      "To let the site report on, before the next `up`: npm run pulumi -- config set --path 'delivery:site.variables.SENTRY_DSN' DSN",
  },
  site: {
    service: "render",
    components: ["delivery:shared:HostingProject", "delivery:environment:Site"],
    isOptional: true,
  },
  database: {
    components: ["delivery:environment:Database"],
    isOptional: false,
    isOffUnlessNamed: true,
    afterLeaving:
      "To let the site keep it, before the next `up`: npm run pulumi -- config set --secret --path 'delivery:secretVariables.DATABASE_URL', " +
      "with the internal address that Render's dashboard shows; for the migrations: npm run pulumi -- config set --path " +
      "'delivery:site.preDeployCommand' 'python manage.py migrate --noinput' --plaintext; for the checks: npm run pulumi -- config set " +
      "--path 'delivery:pipeline.services.postgres' VERSION --plaintext",
  },
  cache: {
    components: ["delivery:environment:Cache"],
    isOptional: false,
    isOffUnlessNamed: true,
    afterLeaving:
      "To let the site keep it, before the next `up`: npm run pulumi -- config set --secret --path 'delivery:secretVariables.REDIS_URL', " +
      "with the internal address that Render's dashboard shows",
  },
} as const satisfies Readonly<Record<string, PartFacts>>;

/** One of the parts. */
export type PartName = keyof typeof PARTS;

/** Their names, in their order. */
export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

/** A row of the table. */
export function partFacts(part: PartName): PartFacts {
  return PARTS[part];
}

/** A part that is declared at a service, with a token. */
export type ServedPart = {
  [Name in PartName]: (typeof PARTS)[Name] extends { readonly service: ServiceKey } ? Name : never;
}[PartName];

/** A value for each part. */
export function byPart<Value>(make: (part: PartName) => Value): Readonly<Record<PartName, Value>> {
  return Object.fromEntries(PART_NAMES.map((part) => [part, make(part)])) as Record<PartName, Value>;
}

/** The environment variable that carries a part's token. */
export function tokenOfPart(part: ServedPart): string {
  return SERVICES[PARTS[part].service].token;
}

/** The tokens by part, of the parts that have one. */
export function partTokens(): Readonly<Record<ServedPart, string>> {
  const served = PART_NAMES.filter((part): part is ServedPart => partFacts(part).service !== undefined);
  return Object.fromEntries(served.map((part) => [part, tokenOfPart(part)])) as Record<ServedPart, string>;
}
