/** Sentry's token. */
import { ok } from "../finding.ts";
import { tokenCheck } from "../token-check.ts";

export const sentryToken = tokenCheck({
  id: "sentry-token",
  area: "Sentry",
  title: "token",
  asks: "`GET /api/0/` with SENTRY_AUTH_TOKEN.",
  finds: "It is absent or refused.",
  part: "errors",
  kind: "the token of an internal integration, or a personal one, with org:read, team:admin and project:admin",
  ask: ({ readers }) => readers.sentry().get("/"),
  accepted: () => ok("accepted"),
});
