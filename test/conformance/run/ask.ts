/** How a request is sent that is made directly. */

/** An answer's JSON, read field by field. */
// biome-ignore lint/suspicious/noExplicitAny: the requests below read what they need out of answers of many shapes
export type Json = any;

/** Sends a request and gives the answer's JSON. Throws when it is answered with another status. */
export type Ask = (request: string, status: number, body?: unknown) => Promise<Json>;
