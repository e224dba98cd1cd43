/** What a provider's author writes with: definitions, requests with checked answers, creates that lose nothing, the process. */
export { list, optional } from "./answer.ts";
export { createOnce } from "./create-once.ts";
export { alreadyExists } from "./existing.ts";
export type { Method, RequestContext, RequestOptions } from "./http.ts";
export { HttpClient } from "./http.ts";
export type { PackageSpec } from "./package-spec.ts";
export { allPages } from "./paging.ts";
export type * from "./resource.ts";
export { packageSchema } from "./schema.ts";
export { serveProvider } from "./server.ts";
export { checkServiceEnvironment } from "./service-environment.ts";
export { isStatus } from "./service-error.ts";
export { type ApiContextOf, segment, VendorClient } from "./vendor-client.ts";
