/** The token of a request: `Circle-Token`, or the user name of HTTP Basic (CircleCI API v2, "Authentication"). */
import type { MiddlewareHandler } from "hono";
import { VendorError } from "../core/vendor-error.ts";

/** Lets requests with the accepted token through; answers any other with CircleCI's 401. */
export function requireToken(accepted: string): MiddlewareHandler {
  return async (c, next) => {
    const token =
      c.req.header("Circle-Token") ?? basicUser(c.req.header("Authorization")) ?? c.req.query("circle-token");
    if (token === undefined || token === "") throw new VendorError(401, { message: "You must log in first." });
    if (token !== accepted) throw new VendorError(401, { message: "Invalid token provided." });
    await next();
  };
}

function basicUser(header: string | undefined): string | undefined {
  const encoded = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  return Buffer.from(encoded, "base64").toString().split(":")[0];
}
