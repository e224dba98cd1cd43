/** The API key of a request (Render API, "Authentication"). */
import type { MiddlewareHandler } from "hono";
import { VendorError } from "../core/vendor-error.ts";

/** Lets requests with the accepted key through; answers any other with Render's 401. */
export function requireKey(accepted: string): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header("Authorization") !== `Bearer ${accepted}`) {
      throw new VendorError(401, { message: "Unauthorized" });
    }
    await next();
  };
}
