/** GitHub's token. */
import { z } from "zod";
import { optional } from "../../../providers/kit/answer.ts";
import { bodyOf } from "../answer.ts";
import { type Finding, ok, warn } from "../finding.ts";
import { tokenCheck } from "../token-check.ts";

const DAY_MS = 86_400_000;
/** From so many days on an expiry is worth a warning. */
const SOON_DAYS = 7;

export const user = z.object({ login: z.string(), plan: optional(z.object({ name: z.string() })) });

export const githubToken = tokenCheck({
  id: "github-token",
  area: "GitHub",
  title: "token",
  asks: "`GET /user` with GITHUB_TOKEN.",
  finds: "It is absent or refused; a warning when it ends within seven days.",
  part: "repository",
  kind: "a fine-grained token with Administration and Contents read and write, or a classic one with the scope repo",
  ask: ({ readers }) => readers.github().get("/user"),
  // The token of a GitHub App's installation is no user's.
  alsoAccepted: [403],
  accepted(answer) {
    const whose =
      answer.status === 200
        ? `accepted; it is ${bodyOf(answer, user).login}'s`
        : "accepted; it is no user's, but an App's";
    return expiry(whose, answer.headers["github-authentication-token-expiration"]) ?? ok(whose);
  },
});

/** A warning when the token ends soon ("Authenticating to the REST API": the header names the day). */
function expiry(whose: string, header: string | undefined): Finding | undefined {
  const ends = header === undefined ? Number.NaN : Date.parse(header.replace(" UTC", "Z").replace(" ", "T"));
  if (Number.isNaN(ends) || ends - Date.now() > SOON_DAYS * DAY_MS) return undefined;
  return warn(
    `${whose}; it ends on ${new Date(ends).toISOString().slice(0, 10)}`,
    "Make a new one in time and set GITHUB_TOKEN to it.",
  );
}
