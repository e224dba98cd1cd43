/** Answers of services, as checks read them. */
import { z } from "zod";
import type { ReadAnswer } from "../services/reader.ts";

const explained = z.object({ message: z.string().optional(), detail: z.string().optional() });

/** The body of a 200, of this shape. Throws Error, naming the request, for any other answer. */
export function bodyOf<Body>(answer: ReadAnswer, shape: z.ZodType<Body>): Body {
  if (answer.status !== 200) throw unexpected(answer);
  const { data, error } = shape.safeParse(answer.body);
  if (error) throw new Error(`${answer.request} answered something else than its documentation says.`);
  return data;
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
