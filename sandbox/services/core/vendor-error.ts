/** How a service's route refuses: the vendor's status and body, thrown from any depth. */
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** Thrown inside a route; the host answers it as it is. Not an error of the emulation itself. */
export class VendorError extends Error {
  readonly status: ContentfulStatusCode;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: ContentfulStatusCode, body: object, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.name = "VendorError";
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}
