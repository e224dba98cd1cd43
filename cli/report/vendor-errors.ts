/** The words of the vendors' plugins and of the engine about a failure, without what they put around them. */

/** What the engine puts before an error. */
const PROLOGUE = /^(Preview|Update|Refresh|Destroy) failed: /;

/** What a plugin that is bridged from a Terraform provider puts around one in its log. */
const LOGGED = /^sdk-v2\/provider2\.go:\d+: sdk\.helper_schema: (.*?):? provider=[\w-]+@[\w.-]+$/s;

/** What it puts around one in its answer, and the engine once more around that. */
const WRAPPED = /^(1 error occurred:\s*\* |(creating|refreshing|updating|deleting) urn:pulumi:\S+: )+/;

/** GitHub's answer as the client of its plugin writes it, with Go's form of what the answer's `errors` hold. */
const REFUSED = /^(GET|HEAD|POST|PUT|PATCH|DELETE) https?:\/\/[^/\s]+(\/\S*): (\d{3}) (.*?)\s*\[(.*)\]$/s;
const DETAIL = /\{Resource:(.*?) Field:(.*?) Code:(.*?) Message:(.*?)\}/g;

/** Whether it is a line of a plugin's log, which says what the plugin's answer says again. */
export function isLogged(message: string): boolean {
  return LOGGED.test(message.trim());
}

/** The failure itself, as a person says it. */
export function ownWords(message: string): string {
  const failed = message.trim().replace(PROLOGUE, "");
  const bare = failed.replace(LOGGED, "$1").replace(WRAPPED, "");
  return REFUSED.test(bare) ? bare.replace(REFUSED, refused) : bare;
}

function refused(_all: string, method: string, path: string, status: string, message: string, details: string): string {
  const reasons = [...details.matchAll(DETAIL)].map(([, resource, field, code, text]) =>
    text ? text : [resource, field, code].filter(Boolean).join(" "),
  );
  // In another form than is known they are said as they are.
  const told = reasons.length > 0 ? reasons : [details];
  const why = [message.replace(/[.:]$/, ""), ...new Set(told)].filter(Boolean).join(": ");
  return `GitHub answered ${method} ${path.replace(/^\/api\/v3/, "")} with ${status}: ${why}`;
}
