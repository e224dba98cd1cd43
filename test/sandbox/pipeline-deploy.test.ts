/** The deploy of the delivery job where Render has more to do than that: queues, other deploys, lost answers. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { execa } from "execa";

const STEPS = resolve(import.meta.dirname, "../../pipeline/steps");
const COMMIT = "0123456789abcdef0123456789abcdef01234567";

interface Deploy {
  readonly id: string;
  readonly status: string;
  readonly image?: { readonly ref: string; readonly sha?: string };
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const deploy = (id: string, status: string, tag = COMMIT): Deploy => ({
  id,
  status,
  image: { ref: `docker.io/acme/site:${tag}`, sha: `sha256:${"0".repeat(64)}` },
});
/** Shapes of answers as "Render Public API" and recordings of it have them: 202 comes without a body. */
const QUEUED: Answer = { status: 202 };
const created = (body: Deploy): Answer => ({ status: 201, body });

describe("delivery job's deploy", function () {
  this.timeout(900_000);
  let server: Server;
  let requests: { method: string; path: string; agent: string | undefined }[];
  /** What the requests are answered, by turns; the last one stays. */
  let posts: Answer[];
  let lists: Deploy[][];
  let looks: Answer[];

  const next = <Value>(values: Value[]): Value | undefined => (values.length > 1 ? values.shift() : values[0]);
  const answerTo = (request: IncomingMessage): Answer => {
    if (request.method === "POST") return next(posts) ?? { status: 500 };
    if (!request.url?.includes("/deploys/"))
      return { status: 200, body: (next(lists) ?? []).map((one) => ({ deploy: one, cursor: one.id })) };
    const id = request.url.split("/").at(-1);
    const looked = next(looks) ?? { status: 404 };
    return looked.status === 200 ? { ...looked, body: { ...(looked.body as Deploy), id } } : looked;
  };
  const look = (status: string): Answer => ({ status: 200, body: deploy("", status) });

  before(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? "").replace("/v1/services/srv-1/", "");
      requests.push({ method: request.method ?? "", path, agent: request.headers["user-agent"] });
      const { status, body } = answerTo(request);
      response.writeHead(status, { "content-type": "application/json", connection: "close" });
      response.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  beforeEach(() => {
    requests = [];
    posts = [QUEUED];
    lists = [[]];
    looks = [look("live")];
  });
  after(async () => {
    server?.close();
    server?.closeAllConnections();
  });

  const run = (change: Record<string, string> = {}) =>
    execa("bash", ["-eo", "pipefail", join(STEPS, "deploy.sh")], {
      env: {
        PATH: process.env["PATH"],
        CIRCLE_SHA1: COMMIT,
        IMAGE_REPOSITORY: "acme/site",
        RENDER_API_KEY: "key",
        RENDER_SERVICE_ID: "srv-1",
        RENDER_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        DELIVERY_SENDER: "delivery/0.1.0",
        POLL_SECONDS: "0.02",
        ...change,
      },
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    });
  const started = (): number => requests.filter(({ method }) => method === "POST").length;
  /** Ids of the deploys that were followed. */
  const followed = (): string[] => [
    ...new Set(requests.flatMap(({ path }) => (path.startsWith("deploys/") ? [path.split("/")[1] ?? ""] : []))),
  ];

  it("waits for its own deploy behind another one, whose end is none of its business", async () => {
    const others = [deploy("dep-other", "update_in_progress", "other"), deploy("dep-before", "live", "before")];
    lists = [others, others, [deploy("dep-other", "live", "other")], [deploy("dep-own", "queued"), ...others]];
    looks = ["queued", "build_in_progress", "pre_deploy_in_progress", "update_in_progress", "live"].map(look);
    const { exitCode, stdout, stderr } = await run();
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^Deploy dep-own of acme\/site:0123\w+ is live\.$/m);
    assert.deepEqual(followed(), ["dep-own"]);
    assert.equal(started(), 1);
  });

  it("does not take what an earlier run of the job deployed for its own", async () => {
    const earlier = [
      deploy("dep-failed", "update_failed"),
      deploy("dep-live", "live"),
      deploy("dep-old", "deactivated"),
    ];
    lists = [earlier, earlier, [deploy("dep-newer", "created", "newer"), deploy("dep-own", "created"), ...earlier]];
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(followed(), ["dep-own"]);
  });

  it("waits for the one that is on its way already", async () => {
    lists = [[deploy("dep-own", "build_in_progress")]];
    assert.equal((await run()).exitCode, 0);
    assert.deepEqual(followed(), ["dep-own"]);
  });

  it("is content when a newer deploy has replaced what was live", async () => {
    posts = [created(deploy("dep-own", "created"))];
    looks = ["update_in_progress", "deactivated"].map(look);
    const { exitCode, stdout } = await run();
    assert.equal(exitCode, 0);
    assert.match(stdout, /Deploy dep-own of .* was live\. A newer deploy has replaced it since\./);
  });

  for (const [status, words] of Object.entries({
    canceled: /Deploy dep-own of .* was canceled before it served/,
    build_failed: /ended as build_failed\. What ran before still serves/,
    pre_deploy_failed: /ended as pre_deploy_failed/,
  }))
    it(`fails with a deploy that is ${status}`, async () => {
      posts = [created(deploy("dep-own", "created"))];
      looks = [look(status)];
      const { exitCode, stderr } = await run();
      assert.equal(exitCode, 1);
      assert.match(stderr, words);
    });

  it("goes on waiting at a status that it does not know, and at an answer that it cannot read", async () => {
    posts = [created(deploy("dep-own", "created"))];
    looks = [look("image_pull_in_progress"), { status: 200, body: "null" }, look("live")];
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 0, stderr);
  });

  it("finds the deploy whose answer was lost, and starts no second one", async () => {
    posts = [{ status: 502, body: "<html>bad gateway</html>" }];
    lists = [[], [deploy("dep-own", "created")]];
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual([followed(), started()], [["dep-own"], 1]);
  });

  it("finds the deploy whose answer is not JSON", async () => {
    posts = [{ status: 201, body: "<html>maintenance</html>" }];
    lists = [[], [deploy("dep-own", "created")]];
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual([followed(), started()], [["dep-own"], 1]);
  });

  it("asks again when Render is too busy", async () => {
    posts = [{ status: 429 }, { status: 503 }, created(deploy("dep-own", "created"))];
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual([followed(), started()], [["dep-own"], 3]);
  });

  it("fails with Render's words when it refuses", async () => {
    posts = [{ status: 400, body: { message: "imageUrl must match" } }];
    const { exitCode, stderr } = await run();
    assert.equal(exitCode, 1);
    assert.match(stderr, /^Render refused the deploy of acme\/site:\w+ with 400: .*imageUrl must match/m);
    assert.equal(started(), 1);
  });

  it("says that no deploy has started, when it waits behind another one for too long", async () => {
    lists = [[deploy("dep-other", "update_in_progress", "other")]];
    const { exitCode, stderr } = await run({ DEPLOY_SECONDS: "1" });
    assert.equal(exitCode, 1);
    assert.match(stderr, /Render has started no deploy of acme\/site:\w+ in time/);
    assert.deepEqual(followed(), []);
  });

  it("names itself in each request", async () => {
    lists = [[], [deploy("dep-own", "queued")]];
    await run();
    assert.ok(requests.length > 0);
    for (const { agent } of requests) assert.equal(agent, "delivery/0.1.0");
  });

  for (const file of readdirSync(STEPS))
    it(`gives each request of ${file} a sender and limits of time`, () => {
      const text = readFileSync(join(STEPS, file), "utf8").replaceAll("\\\n", " ");
      for (const [call] of text.matchAll(/\bcurl .*/g))
        for (const option of ["--user-agent", "--connect-timeout", "--max-time"])
          assert.ok(call.includes(option), call);
    });
});
