/** `git http-backend`, git's own program behind a web server ("git-http-backend": it is a CGI program). */
import { basename, dirname } from "node:path";
import { execa } from "execa";
import { gitEnvironment } from "./run.ts";

/** A request of a git client. */
export interface BackendRequest {
  /** The bare repository. */
  readonly folder: string;
  /** `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  readonly path: string;
  readonly method: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Who asks; only a named user may push. */
  readonly user: string;
  /** Variables for the hooks. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Answers with what the program says. Rejects when it fails. */
export async function httpBackend(request: BackendRequest): Promise<Response> {
  const { folder, path, method, query, headers, body, user } = request;
  const header = (name: string): string => headers.get(name) ?? "";
  const { stdout } = await execa("git", ["http-backend"], {
    env: {
      ...gitEnvironment(),
      ...request.env,
      GIT_PROJECT_ROOT: dirname(folder),
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `/${basename(folder)}/${path}`,
      REQUEST_METHOD: method,
      QUERY_STRING: query,
      CONTENT_TYPE: header("content-type"),
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: header("content-encoding"),
      GIT_PROTOCOL: header("git-protocol"),
      REMOTE_USER: user,
      REMOTE_ADDR: "127.0.0.1",
    },
    extendEnv: false,
    encoding: "buffer",
    stripFinalNewline: false,
    input: body,
  });
  return answerOf(Buffer.from(stdout));
}

/** A CGI program's output: headers, one of which may be the status, an empty line, the body. */
function answerOf(output: Buffer): Response {
  const end = output.indexOf("\r\n\r\n");
  const lines = output.toString("latin1", 0, end).split("\r\n");
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  const status = Number.parseInt(headers.get("status") ?? "200", 10);
  headers.delete("status");
  return new Response(new Uint8Array(output.subarray(end + 4)), { status, headers });
}
