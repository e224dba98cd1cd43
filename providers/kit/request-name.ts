/** A request as messages name it. */
export interface RequestName {
  /** The vendor: `Render`. */
  readonly service: string;
  readonly method: string;
  /** Path without host and query. */
  readonly path: string;
}

/** The request in a message: `Render GET /services`. */
export function nameOf({ service, method, path }: RequestName): string {
  return `${service} ${method} ${path}`;
}
