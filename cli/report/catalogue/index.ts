/** Every type of resource, known or not. */
import type { Service } from "../report.ts";
import { cleanText, shortLine } from "../values/clean.ts";
import { circleci } from "./circleci.ts";
import { github } from "./github.ts";
import { image } from "./image.ts";
import type { ResourceKind } from "./kind.ts";
import { render } from "./render.ts";
import { sentry } from "./sentry.ts";

export type { ResourceKind } from "./kind.ts";

const KNOWN: Readonly<Record<string, ResourceKind>> = { ...github, ...circleci, ...image, ...sentry, ...render };

/** Characters of a type's name in a sentence. */
const WORDS = 60;

/** By the provider's package. */
const SERVICES: Readonly<Record<string, Service>> = {
  github: "GitHub",
  circleci: "CircleCI",
  "docker-build": "Image",
  docker: "Image",
  sentry: "Sentry",
  render: "Render",
};

/** What is known of a type; of an unknown one what its name tells. */
export function kindOf(type: string): ResourceKind {
  if (Object.hasOwn(KNOWN, type) && KNOWN[type]) return KNOWN[type];
  const [provider = "", , name = type] = type.split(":");
  const service = Object.hasOwn(SERVICES, provider) ? SERVICES[provider] : undefined;
  return { service: service ?? "Other", kind: inWords(name), labels: ["name", "slug", "title"] };
}

/** `ContextVariable` as `context variable`. */
function inWords(name: string): string {
  return shortLine(
    cleanText(name)
      .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase(),
    WORDS,
  );
}
