/** An S3-compatible server on loopback, with one bucket. It checks the signature of each request. */
import type { RequestListener } from "node:http";
import S3rver from "@20minutes/s3rver";

const BUCKET = "states";
/** The only account that the server knows: its key and its secret. */
const ACCOUNT = "S3RVER";

/** Requests whose connection is cut in the middle of what they send. */
export interface CutRequests {
  /** How many it has been. */
  count(): number;
  /** Lets all pass again. */
  end(): void;
}

/** A request that is kept waiting for its answer. */
export interface HeldRequest {
  /** Settles when the request has come. */
  readonly reached: Promise<void>;
  /** Has it answered. */
  release(): void;
}

export interface S3Server {
  /** The bucket, as the engine takes it in PULUMI_BACKEND_URL. */
  readonly backendUrl: string;
  /** The credentials, as AWS's own programs read them. */
  readonly env: Readonly<Record<string, string>>;
  /** How many requests of this method and path have come. */
  count(method: string, path: RegExp): number;
  /** Keeps the next request of this method and path waiting. Several holds each take one request. */
  hold(method: string, path: RegExp): HeldRequest;
  /** Cuts every request of this method and path until it is ended. S3 keeps of an object what came whole, and so nothing. */
  cut(method: string, path: RegExp): CutRequests;
  /** Has every request answered, and stops. */
  close(): Promise<void>;
}

interface Hold {
  readonly method: string;
  readonly path: RegExp;
  reach(): void;
  release(): void;
  readonly released: Promise<void>;
}

/** Starts it on a free port; `directory` keeps its objects. `close` must be called in an `after` hook. */
export async function startS3Server(directory: string): Promise<S3Server> {
  const requests: { readonly method: string; readonly path: string }[] = [];
  const cuts = new Set<{ readonly method: string; readonly path: RegExp; count: number }>();
  const waiting = new Set<Hold>();
  const met = new Set<Hold>();
  const pass = async (method = "", path = ""): Promise<void> => {
    requests.push({ method, path });
    const hold = [...waiting].find((candidate) => candidate.method === method && candidate.path.test(path));
    if (!hold) return;
    waiting.delete(hold);
    met.add(hold);
    hold.reach();
    await hold.released;
  };

  /** By the path of an object: settles when it has been read or written by all who asked for it so far. */
  const turns = new Map<string, Promise<void>>();
  class HeldS3rver extends S3rver {
    override callback(): RequestListener {
      const answer = super.callback();
      return async (request, response) => {
        const { method = "", url = "" } = request;
        const cut = [...cuts].find((candidate) => candidate.method === method && candidate.path.test(url));
        if (cut) {
          cut.count += 1;
          // A copy inside the bucket has no body.
          for (const event of ["data", "end"]) request.once(event, () => request.socket.destroy());
          return;
        }
        await pass(request.method, request.url);
        // S3 replaces an object at once; this server writes it in place, and a reader would get half of it.
        const [path = ""] = (request.url ?? "").split("?", 1);
        const before = turns.get(path);
        const turn = Promise.withResolvers<void>();
        turns.set(path, turn.promise);
        response.once("close", turn.resolve);
        await before;
        // Whoever was killed meanwhile has not sent all of it.
        if (request.socket.destroyed) turn.resolve();
        else answer(request, response);
      };
    }
  }
  const server = new HeldS3rver({
    address: "127.0.0.1",
    port: 0,
    directory,
    silent: true,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await server.run();
  return {
    backendUrl: `s3://${BUCKET}?endpoint=http://127.0.0.1:${port}&use_path_style=true&region=us-east-1`,
    env: { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: ACCOUNT },
    count: (method, path) => requests.filter((request) => request.method === method && path.test(request.path)).length,
    hold(method, path) {
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      waiting.add({ method, path, reach, release, released });
      return { reached, release };
    },
    cut(method, path) {
      const cut = { method, path, count: 0 };
      cuts.add(cut);
      return { count: () => cut.count, end: () => cuts.delete(cut) };
    },
    async close() {
      for (const hold of met) hold.release();
      await server.close();
    },
  };
}
