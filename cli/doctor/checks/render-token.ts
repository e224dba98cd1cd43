/** Render's API key. */
import { z } from "zod";
import { bodyOf } from "../answer.ts";
import { ok } from "../finding.ts";
import { tokenCheck } from "../token-check.ts";

const user = z.object({ email: z.string() });

export const renderToken = tokenCheck({
  id: "render-token",
  area: "Render",
  title: "API key",
  asks: "`GET /v1/users` with RENDER_API_KEY.",
  finds: "It is absent or refused.",
  part: "site",
  kind: "an API key of a member of the workspace, made under Account Settings, API Keys",
  ask: ({ readers }) => readers.render().get("/users"),
  accepted: (answer) => ok(`accepted; it is ${bodyOf(answer, user).email}'s`),
});
