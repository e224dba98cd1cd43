/** Answers of services, as checks read them. */
import { z } from "zod";
import { optional } from "../../providers/kit/answer.ts";
import { bodyRead, type ReadAnswer } from "../services/reader.ts";

/** GitHub and Render say it in `message`, Sentry in `detail`; as something else than a text it says nothing. */
const said = optional(z.string()).catch(undefined);
const explained = z.object({ message: said, detail: said });

/** What a shape takes from the body of a 200. Throws Error, naming the request, for any other answer. */
export function bodyOf<Body>(answer: ReadAnswer, shape: z.ZodType<Body>): Body {
  if (answer.status !== 200) throw unexpected(answer);
  return bodyRead(answer, shape);
}

/** An answer that no check knows what to make of. */
export function unexpected(answer: ReadAnswer): Error {
  const why = reasonIn(answer);
  return new Error(`${answer.request} answered ${answer.status}${why ? `: ${why}` : ""}`);
}

/** What the service says is wrong; empty when it says nothing. */
export function reasonIn({ body }: ReadAnswer): string {
  const { message, detail } = explained.safeParse(body).data ?? {};
  return message ?? detail ?? "";
}
