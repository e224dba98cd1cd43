/** Emulated CircleCI over HTTP, as a test talks to it. */
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";
import { assertDescribed } from "./described-answer.ts";

/** Status and parsed body of an answer. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it.
  readonly body: any;
}

/** A started service and a client with its token. */
export interface CircleciUnderTest {
  readonly services: RunningServices;
  /** `path` starts below /api, as in "/v2/me". */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts emulated services that forget everything at the end; `linked` ones know GitHub's repositories. */
export async function startCircleci({ linked = false } = {}): Promise<CircleciUnderTest> {
  const services = await startServices({ dbFile: ":memory:", linked });
  const token = services.env["CIRCLE_TOKEN"] ?? "";
  return {
    services,
    async call(method, path, body, headers = { "Circle-Token": token }) {
      const response = await fetch(`${services.services.circleci.baseUrl}/api${path}`, {
        method,
        headers: { "Content-Type": "application/json", ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const { status } = response;
      const answer = text === "" ? undefined : JSON.parse(text);
      if (path.startsWith("/v2/")) {
        assertDescribed("circleci", { method, path: path.replace("/v2", ""), status, body: answer ?? null });
      }
      return { status, body: answer };
    },
    close: () => services.close(),
  };
}

/** Reads a list to its end and gives the number of pages too. Throws when it does not end. */
export async function readAll(
  circleci: CircleciUnderTest,
  path: string,
): Promise<{ items: Record<string, unknown>[]; pages: number }> {
  const items: Record<string, unknown>[] = [];
  let token: string | null = "";
  for (let pages = 1; pages <= 50; pages += 1) {
    const separator = path.includes("?") ? "&" : "?";
    const { body } = await circleci.call("GET", `${path}${separator}page-token=${token}`);
    items.push(...body.items);
    token = body.next_page_token;
    if (token === null) return { items, pages };
  }
  throw new Error(`The list ${path} has no last page.`);
}
