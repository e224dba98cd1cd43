/** What does not agree in the site's custom domains. */
import { parse } from "tldts";
import { type Problem, removeCommand } from "../lib/configuration-problems.ts";
import type { Configuration } from "./config.ts";

/** Every such problem. */
export function* domainProblems({ site }: Configuration): Generator<Problem> {
  const domains = site?.domains ?? [];
  for (const [index, domain] of domains.entries()) {
    const key = `delivery:site.domains[${index}]`;
    const mend = removeCommand(key);
    const before = domains.slice(0, index);
    const twin = before.find((other) => redirectOf(other) === domain);
    if (before.includes(domain)) yield { key, problem: "is there twice", mend };
    else if (parse(domain.replace(/^\*\./, "")).domain === null)
      yield { key, problem: "is no domain that somebody can have registered, nor below one", mend };
    else if (twin !== undefined)
      yield { key, problem: `is made by Render beside ${twin}, to which it redirects it`, mend };
    else if (domain.endsWith(".onrender.com"))
      yield { key, problem: "is Render's own, which the service has by its name", mend };
  }
}

/** The name that Render adds by itself beside a domain ("Custom Domains on Render"): `www` of an apex, or the reverse. */
function redirectOf(name: string): string | undefined {
  const { domain, subdomain } = parse(name);
  if (domain === null || name.startsWith("*.")) return undefined;
  if (subdomain === "") return `www.${domain}`;
  return subdomain === "www" ? domain : undefined;
}
