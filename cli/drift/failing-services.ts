/** Which services a failed run could not read. */
import { SERVICES } from "../../infra/services.ts";
import type { EngineEvent } from "../engine-events/index.ts";
import type { Service, UnreadService } from "../report/index.ts";
import { ownWords } from "../report/vendor-errors.ts";

/** The services by their providers. */
const PROVIDERS: Readonly<Record<string, { readonly title: Service; readonly token: string } | undefined>> = SERVICES;

/** The engine's words about a provider that refuses to start. */
const CONFIGURING = /configure provider 'urn:[^']*pulumi:providers:(\w+)::/;

/** A service that failed. */
export interface FailingService extends UnreadService {
  /** The provider's name in type tokens. */
  readonly provider: string;
  /** Whether the provider does not even start; the program cannot run without it. */
  readonly blocksProgram: boolean;
}

/** The variable that holds the token of a service. */
export function tokenOf(service: Service): string {
  return Object.values(SERVICES).find(({ title }) => title === service)?.token ?? "its token";
}

/** What to do about a service that refuses. */
export function testedBy(token: string): string {
  return `Run npx --no delivery doctor: it tests ${token}.`;
}

/** The services that errors of the run are about, each with the first of them. An error of the program is of none. */
export function failingServices(events: readonly EngineEvent[]): FailingService[] {
  const found = new Map<string, FailingService>();
  for (const { diagnosticEvent } of events) {
    if (diagnosticEvent?.severity !== "error") continue;
    const { urn = "", message } = diagnosticEvent;
    const notStarted = CONFIGURING.exec(message)?.[1];
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const provider = notStarted ?? type.split(":")[0] ?? "";
    const known = PROVIDERS[provider];
    if (!known || found.has(provider)) continue;
    const problem = `${reasonIn(message)} ${testedBy(known.token)}`;
    found.set(provider, { provider, service: known.title, problem, blocksProgram: notStarted !== undefined });
  }
  return [...found.values()];
}

/** The provider's own words, as one sentence: the engine and the bridge of Terraform's providers put theirs around. */
function reasonIn(message: string): string {
  const words = ownWords(message.replace(/^.*configure provider '[^']*':\s*/s, ""))
    .replaceAll(/\s+/g, " ")
    .replace(/\s*\[\]\s*$/, "")
    .trim();
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
