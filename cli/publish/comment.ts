/** One comment for each stack on a pull request: found by its marker, edited, never a second one. */
import { z } from "zod";
import { optional } from "../../providers/kit/answer.ts";
import { isStatus, mayHaveTakenEffect } from "../../providers/kit/service-error.ts";
import { isReportOf } from "./marker.ts";
import type { RepositoryApi } from "./repository.ts";

/** GitHub refuses longer ones; counted as JavaScript counts. */
export const LONGEST_COMMENT = 65_536;

const commentSchema = z.object({
  id: z.number(),
  body: optional(z.string()),
  user: optional(z.object({ login: z.string(), type: optional(z.string()) })),
});

const me = z.object({ login: z.string() });

type Comment = z.output<typeof commentSchema>;

/**
 * Writes the stack's comment. Two jobs may do this at the same time: both see both comments afterwards, keep the oldest
 * and delete the other.
 * @param body with the marker as its first line.
 * @returns the bodies of the reports of all stacks that are on the pull request now.
 * @throws ServiceError, ConnectionError.
 */
export async function putComment(
  api: RepositoryApi,
  { pullRequest, stack, body }: { pullRequest: number; stack: string; body: string },
): Promise<string[]> {
  const isOwn = await ownership(api);
  const ofStack = (comments: readonly Comment[]): Comment[] =>
    comments.filter((comment) => isReportOf(comment.body ?? "", stack));
  const list = async (): Promise<Comment[]> => (await listComments(api, pullRequest)).filter(isOwn);

  const [earlier] = ofStack(await list());
  const { written, failure }: Attempt = earlier
    ? { written: await edit(api, earlier, body) }
    : await create(api, pullRequest, body);
  const comments = withWritten(await list(), written);
  const [kept, ...doubled] = ofStack(comments);
  if (!kept) throw failure;
  if (kept.body !== body) await edit(api, kept, body);
  for (const { id } of doubled) await api.client.remove(`${api.path}/issues/comments/${id}`);
  const others = comments.filter((comment) => ofStack([comment]).length === 0);
  return [body, ...others.map((comment) => comment.body ?? "")];
}

/** A comment that was written, or a request that failed and may have reached GitHub all the same: the list will tell. */
interface Attempt {
  readonly written?: Comment;
  readonly failure?: unknown;
}

/** GitHub's list may lag behind what was written. */
function withWritten(listed: readonly Comment[], written: Comment | undefined): readonly Comment[] {
  if (written === undefined) return listed;
  const others = listed.filter(({ id }) => id !== written.id);
  return [...others, written].sort((one, other) => one.id - other.id);
}

/** Whether a comment was written with this token; the token of an app cannot ask who it is. */
async function ownership({ client }: RepositoryApi): Promise<(comment: Comment) => boolean> {
  try {
    const { login } = await client.read("/user", me);
    return ({ user }) => user?.login === login;
  } catch (error) {
    if (!isStatus(error, 403)) throw error;
    return ({ user }) => user?.type === "Bot";
  }
}

/** Oldest first. */
async function listComments({ client, path }: RepositoryApi, pullRequest: number): Promise<Comment[]> {
  const all = await client.list(`${path}/issues/${pullRequest}/comments`, commentSchema);
  return all.sort((one, other) => one.id - other.id);
}

async function create({ client, path }: RepositoryApi, pullRequest: number, body: string): Promise<Attempt> {
  const comments = `${path}/issues/${pullRequest}/comments`;
  try {
    return { written: await client.write("POST", comments, commentSchema, { body: { body } }) };
  } catch (failure) {
    if (mayHaveTakenEffect(failure)) return { failure };
    throw failure;
  }
}

async function edit({ client, path }: RepositoryApi, { id }: Comment, body: string): Promise<Comment> {
  const sent = { body: { body }, repeatable: true };
  return client.write("PATCH", `${path}/issues/comments/${id}`, commentSchema, sent);
}
