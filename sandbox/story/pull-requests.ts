/** What people of the team do on the emulated GitHub: one opens a pull request and merges it, the other reviews it. */
import { z } from "zod";
import type { SandboxAccount } from "../services/core/service.ts";
import { colleagueToken, createIdentity, noReplyEmail } from "../services/github/identity.ts";
import { inCheckout, type Member } from "./git.ts";
import { type Change, changeSite, hasSite, writeSite } from "./site-files.ts";

/** The repository of the sandbox's stack. */
const REPOSITORY = "site";

const refusal = z.looseObject({ message: z.string() });
const known = z.looseObject({ clone_url: z.string(), default_branch: z.string() });
const opened = z.looseObject({ number: z.int(), title: z.string(), html_url: z.string() });

/** A pull request that was opened. */
export interface OpenedPullRequest {
  readonly number: number;
  readonly title: string;
  readonly url: string;
}

/** The team at work. Each rejects with GitHub's own words when it refuses. */
export interface Team {
  /** Pushes a branch with a change of the site and one of the stack's file, and opens its pull request. */
  openPullRequest(change: Pick<Change, "failing">): Promise<OpenedPullRequest>;
  /** Approves it, as somebody else than its author. */
  approve(number: number): Promise<void>;
  /** Merges it as its author, who is bound by the rules. */
  merge(number: number): Promise<void>;
}

/** The team, on the emulated GitHub at an address. */
export function teamAt(github: string, account: SandboxAccount): Team {
  const { owner } = account;
  const { actor, users } = createIdentity(account);
  const colleague = users.find(({ id }) => id !== actor.id) ?? actor;
  const member = (user: typeof actor, token: string): Member => ({
    ...{ name: user.login, email: noReplyEmail(user), token },
  });
  const ops = member(actor, account.tokens.github);
  const author = member(colleague, colleagueToken(account));
  const repository = `${github}/api/v3/repos/${owner}/${REPOSITORY}`;

  const send = async (by: Member, method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${repository}${path}`, {
      method,
      headers: { Authorization: `Bearer ${by.token}`, "User-Agent": by.name, "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    if (answer.ok) return content;
    const { message } = refusal.parse(content);
    const hint = answer.status === 404 && path === "" ? " Run `npm start` first: it makes the repository." : "";
    throw new Error(`GitHub refused ${method} ${path || "/"} with ${answer.status}: ${message.trim()}${hint}`);
  };

  return {
    async openPullRequest({ failing }) {
      const { clone_url: url, default_branch: base } = known.parse(await send(ops, "GET", ""));
      const [newest] = z.array(opened).parse(await send(ops, "GET", "/issues?state=all&per_page=1"));
      const next = (newest?.number ?? 0) + 1;
      const branch = `${failing ? "break" : "change"}-the-site-${next}`;
      const title = failing ? "Say more on the page for what is missing" : "Say more on the front page";
      await inCheckout(url, ops, async ({ folder, git }) => {
        if (!(await hasSite(folder))) {
          await writeSite(folder);
          await git(ops, "add", "--all");
          // What runs already was built of these very files.
          await git(ops, "commit", "--quiet", "--message", "Add the site\n\n[skip ci]");
          await git(ops, "push", "--quiet", "origin", `HEAD:${base}`);
        }
        await git(author, "switch", "--quiet", "--create", branch);
        await changeSite(folder, { number: next, failing });
        await git(author, "commit", "--quiet", "--all", "--message", title);
        await git(author, "push", "--quiet", "origin", branch);
      });
      const body = "Opened by the sandbox: a change of the site and one of the stack's file.";
      const made = opened.parse(await send(author, "POST", "/pulls", { title, body, head: branch, base }));
      return { number: made.number, title: made.title, url: made.html_url };
    },
    async approve(number) {
      await send(ops, "POST", `/pulls/${number}/reviews`, { event: "APPROVE", body: "" });
    },
    async merge(number) {
      await send(author, "PUT", `/pulls/${number}/merge`, {});
    },
  };
}
