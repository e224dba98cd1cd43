/** The pages that Render's edge answers itself, when no instance does. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

/** A page of the edge. `routing` is the value of the header that tells why. */
export interface EdgePage {
  readonly status: 502 | 503;
  readonly title: string;
  readonly text: string;
  readonly routing: string;
}

export const suspendedPage: EdgePage = {
  status: 503,
  title: "Service Suspended",
  text: "This service has been suspended by its owner.",
  routing: "suspend-by-user",
};

export const maintenancePage: EdgePage = {
  status: 503,
  title: "Service Unavailable",
  text: "This service is currently undergoing maintenance.",
  routing: "maintenance",
};

export const badGatewayPage: EdgePage = {
  status: 502,
  title: "Bad Gateway",
  text: "This service is currently unavailable. Please try again in a few minutes.",
  routing: "no-healthy-instance",
};

/** Answers with a page. */
export function sendPage(response: ServerResponse, { status, title, text, routing }: EdgePage): void {
  const body = `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`;
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Render-Routing": routing,
    "Rndr-Id": randomUUID(),
  });
  response.end(body);
}
