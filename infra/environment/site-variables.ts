/** The variables of the running site. */
import type * as pulumi from "@pulumi/pulumi";
import type { Configuration, PartOf } from "../config.ts";
import type { VariableAt } from "../variables.ts";

/** Render makes it, or the site has one. */
export const SECRET_KEY = "DJANGO_SECRET_KEY" satisfies VariableAt<"site">;

/** What the variables are made of. */
export interface VariableArgs {
  readonly settings: Pick<PartOf<"site">, "domains" | "hosts" | "variables">;
  readonly environment: string;
  /** The port on which the image listens. */
  readonly port: number;
  /** DJANGO_SETTINGS_MODULE; undefined for what the image takes by default. */
  readonly settingsModule: string | undefined;
  /** What Sentry calls this release: the image's tag; undefined when each image knows its own. */
  readonly release: string | undefined;
  /** Where errors are sent; undefined when Sentry is `off`. */
  readonly dsn: pulumi.Input<string> | undefined;
  readonly secretVariables: Configuration["secretVariables"];
}

/** Where the site finds what it keeps data in. */
export type Urls = Readonly<Record<"DATABASE_URL" | "REDIS_URL", pulumi.Input<string> | undefined>>;

/** The site's own variables and those that the chain sets; invariants.ts sees to it that none is in both. */
export function siteVariables(
  { settings, environment, port, settingsModule, release, dsn, secretVariables }: VariableArgs,
  urls: Urls,
): Record<string, pulumi.Input<string>> {
  const own: Readonly<Record<Exclude<VariableAt<"site">, typeof SECRET_KEY>, pulumi.Input<string> | undefined>> = {
    PORT: String(port),
    DJANGO_SETTINGS_MODULE: settingsModule,
    SENTRY_ENVIRONMENT: environment,
    SENTRY_RELEASE: release,
    SENTRY_DSN: dsn,
    ...urls,
    DJANGO_ALLOWED_HOSTS: [...new Set([...settings.hosts, ...settings.domains.map(asHost)])].join(","),
  };
  const given = Object.entries(own).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { ...settings.variables, ...secretVariables, ...Object.fromEntries(given) };
}

/** A domain as Django writes it among the allowed hosts: `.example.com` for all names below one ("ALLOWED_HOSTS"). */
export function asHost(domain: string): string {
  return domain.replace(/^\*\./, ".");
}
