/** What the vendors' edges answer by themselves: request ids, unknown routes, rate limits, broken servers. */
import { randomBytes } from "node:crypto";
import type { ServiceName } from "./service.ts";

/** One vendor's edge. */
export interface VendorEdge {
  /** Response header that carries the request's id; the vendor's support asks for it. */
  readonly requestIdHeader: string;
  requestId(): string;
  /** Body of the 404 for a path that is not a route. */
  notFound(path: string): object;
  readonly rateLimited: object;
  readonly serverError: object;
}

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

/** The edges by service. */
export const vendorEdges: Readonly<Record<ServiceName, VendorEdge>> = {
  github: {
    requestIdHeader: "X-GitHub-Request-Id",
    requestId: () => [2, 3, 4, 4, 4].map(hex).join(":").toUpperCase(),
    notFound: () => ({ message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" }),
    rateLimited: {
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      documentation_url:
        "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits",
    },
    serverError: { message: "Server Error" },
  },
  circleci: {
    requestIdHeader: "X-Request-Id",
    requestId: () => hex(16),
    notFound: () => ({ message: "Not Found" }),
    rateLimited: { message: "Too Many Requests" },
    serverError: { message: "Internal server error" },
  },
  sentry: {
    requestIdHeader: "X-Request-Id",
    requestId: () => hex(16),
    notFound: (path) =>
      path.endsWith("/")
        ? { detail: "The requested resource does not exist" }
        : { info: "Route not found, did you forget a trailing slash?" },
    rateLimited: { detail: "You are attempting to use this endpoint too frequently." },
    serverError: { detail: "Internal Error", errorId: null },
  },
  render: {
    requestIdHeader: "Render-Request-Id",
    requestId: () => `${hex(4)}-${hex(2)}-${hex(2)}`,
    notFound: () => ({ message: "not found" }),
    rateLimited: { message: "rate limit exceeded" },
    serverError: { message: "internal server error" },
  },
};
