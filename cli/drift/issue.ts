/** Publishes drift on GitHub: one issue for each stack, open as long as there is drift. */
import { z } from "zod";
import { list, optional } from "../../providers/kit/answer.ts";
import type { CommandContext } from "../command-context.ts";
import { type RepositoryApi, repositoryApi } from "../publish/repository.ts";
import { artifactUrl, type Given, surroundings } from "../publish/surroundings.ts";
import { markdownReport, type Report } from "../report/index.ts";
import { isFailedRequest } from "../services/failed-request.ts";
import { UserError } from "../user-error.ts";

/** Who may not write to the repository cannot set a label, so cannot pass an issue off as this one; nor can others write as oneself. */
const LABEL = "drift";
const PERMISSION = "Issues: read and write";
/** GitHub refuses longer bodies. */
const LONGEST_BODY = 65_536;

const issueSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  body: optional(z.string()),
  labels: list(z.object({ name: optional(z.string()) })),
  user: optional(z.object({ type: optional(z.string()) })),
});
const userSchema = z.object({ login: z.string() });
type Issue = z.output<typeof issueSchema>;

/** Where it is published, when the environment does not say it. */
export interface IssueRequest extends Pick<Given, "repository" | "jobUrl"> {
  readonly context: Pick<CommandContext, "env" | "signal">;
  /** The whole report as a file that the CI job stores as an artifact. */
  readonly htmlFile?: string | undefined;
}

/**
 * Opens the issue, edits it while the drift lasts, and closes it when a later comparison finds none. A comparison that is
 * not complete closes nothing.
 * @returns what was done, as a sentence.
 * @throws UserError when the repository is not known, there is no token, or GitHub refuses.
 */
export async function publishDrift(report: Report, request: IssueRequest): Promise<string> {
  const { env, signal } = request.context;
  const { repository, jobUrl } = surroundings(env, request);
  const api = repositoryApi(env, { repository, permission: PERMISSION, signal });
  try {
    const marker = `<!-- delivery:drift stack=${encoded(report.stack)} -->`;
    const open = (await openIssues(api)).find(({ body }) => body?.startsWith(marker));
    if (isFound(report)) return await show(api, open, report, bodyOf(report, marker, { ...request, jobUrl }));
    if (!open) return "There is no issue about drift, and no reason for one.";
    if (report.outcome === "failed")
      return `The issue about drift stays as it is, for not all was compared: ${open.html_url}`;
    return await close(api, open, jobUrl);
  } catch (error) {
    if (!isFailedRequest(error)) throw error;
    throw new UserError(
      `The report is complete, but could not be published: ${error.message}`,
      "docs/previews.md lists the permissions that the token needs.",
    );
  }
}

/** Whether the report tells of drift; a service that could not be compared is none. */
function isFound({ changes, drift }: Report): boolean {
  return (
    changes.some((service) => service.changes.length > 0) || (drift?.leftAlone.some(({ isDrift }) => isDrift) ?? false)
  );
}

async function show(api: RepositoryApi, open: Issue | undefined, report: Report, body: string): Promise<string> {
  const { client, path } = api;
  const title = `Drift in ${report.stack}`;
  if (open) {
    await client.send("PATCH", `${path}/issues/${open.number}`, { body: { title, body }, repeatable: true });
    return `The issue about drift is up to date: ${open.html_url}`;
  }
  const sent = { body: { title, body, labels: [LABEL] } };
  const { html_url, labels } = await client.write("POST", `${path}/issues`, issueSchema, sent);
  const opened = `An issue about drift is open now: ${html_url}`;
  if (labels.some(({ name }) => name === LABEL)) return opened;
  return `${opened}. GitHub has left its label "${LABEL}" out: the token in ${api.tokenVariable} may not set labels`;
}

async function close({ client, path }: RepositoryApi, open: Issue, jobUrl: string | undefined): Promise<string> {
  const issue = `${path}/issues/${open.number}`;
  const body = `The last comparison found no drift${jobUrl === undefined ? "." : `: ${jobUrl}`}`;
  await client.send("POST", `${issue}/comments`, { body: { body } });
  await client.send("PATCH", issue, { body: { state: "closed" }, repeatable: true });
  return `The issue about drift is closed: ${open.html_url}`;
}

/**
 * Open issues with the label, and those of the token's own user: GitHub drops the label of one who may not set it, and
 * says nothing ("Create an issue"). A token of an App has no user, and cannot ask what the App is called; its issues are
 * a bot's, and a bot is what the repository's administrators have let in.
 */
async function openIssues({ client, path }: RepositoryApi): Promise<Issue[]> {
  const labelled = await client.list(`${path}/issues`, issueSchema, { state: "open", labels: LABEL });
  const self = await client.find("/user", userSchema).catch((error: unknown) => {
    if (isFailedRequest(error)) return undefined;
    throw error;
  });
  const of = self ? { creator: self.login } : {};
  const others = await client.list(`${path}/issues`, issueSchema, { state: "open", ...of });
  return [...labelled, ...(self ? others : others.filter(({ user }) => user?.type === "Bot"))];
}

function bodyOf(report: Report, marker: string, { context, htmlFile, jobUrl }: IssueRequest): string {
  const artifact = htmlFile === undefined ? undefined : artifactUrl(context.env, htmlFile);
  const text = markdownReport(report, {
    limit: LONGEST_BODY - marker.length - 1,
    ...(artifact !== undefined && { artifactUrl: artifact }),
    ...(jobUrl !== undefined && { jobUrl }),
  });
  return `${marker}\n${text}`;
}

/** Two hyphens may not stand inside an HTML comment. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll("-", "%2D");
}
