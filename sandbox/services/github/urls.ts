/** Addresses and global ids of GitHub objects. */

/** Builds addresses on the service's own base URL, as an Enterprise server has them. */
export interface Urls {
  /** Of the REST API. */
  api(path: string): string;
  /** Of the web pages. */
  html(path: string): string;
  /** Host and port. */
  readonly host: string;
}

/** Addresses below a base URL. */
export function createUrls(baseUrl: string): Urls {
  return {
    api: (path) => `${baseUrl}/api/v3${path}`,
    html: (path) => `${baseUrl}${path}`,
    host: new URL(baseUrl).host,
  };
}

/** A global id in GitHub's form: a prefix for the kind and an opaque rest. */
export function nodeId(prefix: string, id: number | string): string {
  return `${prefix}_${Buffer.from(String(id).padStart(9, "0")).toString("base64url")}`;
}
