/** A pull request on the emulated GitHub, for tests of what is published on it. */
import { defaultAccount } from "../../../sandbox/services/core/account.ts";
import { colleagueToken } from "../../../sandbox/services/github/identity.ts";
import type { RunningServices } from "../../../sandbox/services/host.ts";

/** A comment as GitHub lists it. */
export interface ListedComment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

/** The repository acme/delivery, whose pull request #1 has one commit. */
export interface PullRequest {
  /** The environment of CircleCI's job for the pull request. */
  readonly job: Readonly<Record<string, string>>;
  /** Sends a request on paths below the repository's; fails when it is refused. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it
  call(method: string, path: string, body?: object, as?: "ops" | "colleague"): Promise<any>;
  comments(): Promise<ListedComment[]>;
  labels(): Promise<string[]>;
  /** The newest status of a commit by context. */
  statuses(commit: string): Promise<Record<string, { state: string; description: string; target_url: string | null }>>;
  /** Adds a commit to the pull request and gives its id. */
  push(): Promise<string>;
}

/** Makes it on the emulated GitHub. */
export async function openPullRequest({ services, env }: RunningServices): Promise<PullRequest> {
  const tokens = { ops: env["GITHUB_TOKEN"] ?? "", colleague: colleagueToken(defaultAccount) };
  const send = async (url: string, method: string, body: object | undefined, token: string) => {
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const api = `${services.github.baseUrl}/api/v3`;
  const call: PullRequest["call"] = (method, path, body, as = "ops") =>
    send(`${api}/repos/acme/delivery/${path}`, method, body, tokens[as]);

  await send(`${api}/orgs/acme/repos`, "POST", { name: "delivery", auto_init: true }, tokens.ops);
  const { sha } = (await call("GET", "branches/main")).commit;
  await call("POST", "git/refs", { ref: "refs/heads/change", sha });
  let pushed = 0;
  const push = async (): Promise<string> => {
    pushed += 1;
    const file = await call("PUT", `contents/file-${pushed}`, { message: "change", content: "YQ==", branch: "change" });
    return file.commit.sha;
  };
  const commit = await push();
  await call("POST", "pulls", { title: "Change", head: "change", base: "main" });
  return {
    job: {
      GITHUB_TOKEN: tokens.ops,
      GITHUB_BASE_URL: env["GITHUB_BASE_URL"] ?? "",
      CIRCLE_PROJECT_USERNAME: "acme",
      CIRCLE_PROJECT_REPONAME: "delivery",
      CIRCLE_SHA1: commit,
      CIRCLE_PULL_REQUEST: "https://github.com/acme/delivery/pull/1",
      CIRCLE_BUILD_URL: "https://circleci.com/gh/acme/delivery/62",
    },
    call,
    comments: () => call("GET", "issues/1/comments?per_page=100"),
    labels: async () => (await call("GET", "issues/1/labels")).map(({ name }: { name: string }) => name).sort(),
    async statuses(of) {
      const { statuses } = await call("GET", `commits/${of}/status`);
      return Object.fromEntries(statuses.map((status: { context: string }) => [status.context, status]));
    },
    push,
  };
}
