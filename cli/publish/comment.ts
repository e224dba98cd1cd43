/** One comment for each stack on a pull request: found by its marker, edited, never a second one. */
import { z } from "zod";
import { allPages } from "../../providers/kit/paging.ts";
import { isStatus, mayHaveTakenEffect } from "../../providers/kit/service-error.ts";
import { isReportOf } from "./marker.ts";
import type { RepositoryApi } from "./repository.ts";

/** GitHub refuses longer ones; counted as JavaScript counts. */
export const LONGEST_COMMENT = 65_536;

const PAGE_SIZE = 100;

const commentSchema = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
});

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
  const failure = await (earlier ? edit(api, earlier, body) : create(api, pullRequest, body));
  const comments = await list();
  const [kept, ...doubled] = ofStack(comments);
  if (!kept) throw failure ?? new Error(`GitHub does not list the comment on pull request #${pullRequest}.`);
  if (kept.body !== body) await edit(api, kept, body);
  for (const { id } of doubled) await api.client.remove(api.context, `${api.path}/issues/comments/${id}`);
  return [body, ...comments.filter((comment) => !ofStack([comment]).length).map((comment) => comment.body ?? "")];
}

/** Whether a comment was written with this token; the token of an app cannot ask who it is. */
async function ownership({ client, context }: RepositoryApi): Promise<(comment: Comment) => boolean> {
  try {
    const { login } = z.object({ login: z.string() }).parse(await client.call(context, "GET", "/user"));
    return ({ user }) => user?.login === login;
  } catch (error) {
    if (!isStatus(error, 403)) throw error;
    return ({ user }) => user?.type === "Bot";
  }
}

/** Oldest first. */
async function listComments({ client, context, path }: RepositoryApi, pullRequest: number): Promise<Comment[]> {
  const all = await allPages(async (page = "1") => {
    const query = { per_page: PAGE_SIZE, page };
    const answer = await client.call(context, "GET", `${path}/issues/${pullRequest}/comments`, { query });
    const items = z.array(commentSchema).parse(answer);
    return { items, next: items.length < PAGE_SIZE ? undefined : String(Number(page) + 1) };
  });
  return all.sort((one, other) => one.id - other.id);
}

/** What went wrong with a request that may have reached GitHub all the same; the list tells whether it did. */
async function create({ client, context, path }: RepositoryApi, pullRequest: number, body: string): Promise<unknown> {
  try {
    return void (await client.call(context, "POST", `${path}/issues/${pullRequest}/comments`, { body: { body } }));
  } catch (error) {
    if (mayHaveTakenEffect(error)) return error;
    throw error;
  }
}

async function edit({ client, context, path }: RepositoryApi, { id }: Comment, body: string): Promise<void> {
  await client.call(context, "PATCH", `${path}/issues/comments/${id}`, { body: { body }, repeatable: true });
}
