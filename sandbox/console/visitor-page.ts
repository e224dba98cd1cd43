/** What a person sees who opens an address of an emulated service in a browser, such as a repository's page. */
import { html } from "hono/html";
import type { ServiceName } from "../services/core/service.ts";
import { serviceTitles } from "./overview.ts";

const API_PATH = /^\/(api|v1)(\/|$)/;

/** True for a browser that opens a page; a program that calls the API never asks for HTML. */
export function isVisit(request: Request): boolean {
  const wantsHtml = request.headers.get("Accept")?.startsWith("text/html") ?? false;
  return request.method === "GET" && wantsHtml && !API_PATH.test(new URL(request.url).pathname);
}

/** An answer that says what is here and leads to the console; 404, for the vendor's page is not emulated. */
export async function visitorPage(service: ServiceName, request: Request, consoleUrl: string): Promise<Response> {
  const title = serviceTitles[service];
  const page = await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} in the sandbox</title>
  </head>
  <body>
    <main>
      <h1>${title} in the sandbox</h1>
      <p>The sandbox emulates the API of ${title}, not its web pages, so there is nothing to see at ${new URL(request.url).pathname}.</p>
      <p><a href="${consoleUrl}/">Open the sandbox's console</a>: it shows what ${title} holds and every call that it gets.</p>
    </main>
  </body>
</html>
`;
  return new Response(String(page), {
    status: 404,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  });
}
