/** Calls as the page may show them. */
import type { Masker } from "../services/core/masking.ts";
import type { Call } from "../services/core/traffic.ts";

/** The call without secrets, however it was recorded. What is masked already stays as it is. */
export function maskCall(masker: Masker, call: Call): Call {
  // Bodies first: the masker learns from them what must not show in a path.
  const requestBody = masker.json(call.requestBody);
  const responseBody = masker.json(call.responseBody);
  return {
    ...call,
    path: masker.text(call.path),
    requestHeaders: masker.headers(new Headers(call.requestHeaders)),
    requestBody,
    responseHeaders: masker.headers(new Headers(call.responseHeaders)),
    responseBody,
  };
}
