/** What the tests use of @20minutes/s3rver, which has no types of its own. */
declare module "@20minutes/s3rver" {
  import type { RequestListener } from "node:http";
  import type { AddressInfo } from "node:net";

  export default class S3rver {
    constructor(options: {
      readonly address: string;
      readonly port: number;
      readonly directory: string;
      readonly silent: boolean;
      readonly configureBuckets: readonly { readonly name: string }[];
    });
    /** What answers a request; asked for once, when the server starts. */
    callback(): RequestListener;
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
}
