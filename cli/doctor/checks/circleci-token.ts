/** CircleCI's token. */
import { z } from "zod";
import { bodyOf } from "../answer.ts";
import { ok } from "../finding.ts";
import { tokenCheck } from "../token-check.ts";

export const me = z.object({ login: z.string() });

export const circleciToken = tokenCheck({
  id: "circleci-token",
  area: "CircleCI",
  title: "token",
  asks: "`GET /api/v2/me` with CIRCLE_TOKEN.",
  finds: "It is absent or refused.",
  part: "pipeline",
  kind: "a personal API token, made at app.circleci.com/settings/user/tokens; a project's token does not do",
  ask: ({ readers }) => readers.circleci().get("/api/v2/me"),
  accepted: (answer) => ok(`accepted; it is ${bodyOf(answer, me).login}'s`),
});
