import assert from "node:assert/strict";
import { containerNetwork, loopbackOnly } from "../../sandbox/docker/run/container-network.ts";
import { reachableFromContainer } from "../../sandbox/docker/run/loopback-address.ts";

describe("loopback and containers", () => {
  it("keeps every server on loopback, Gunicorn after its other arguments", () => {
    assert.deepEqual(loopbackOnly({ A: "1", PORT: "10000", GUNICORN_CMD_ARGS: "--workers 2" }, 4711), {
      A: "1",
      PORT: "4711",
      GUNICORN_CMD_ARGS: "--workers 2 --bind=127.0.0.1:4711",
      LISTEN_ADDRESS: "127.0.0.1",
    });
  });

  it("forwards to the port that a container with a network of its own is given", () => {
    const published = containerNetwork("published", 4711, { PORT: "3000" });
    assert.deepEqual(published.arguments.slice(0, 2), ["--publish", "127.0.0.1:4711:3000"]);
    assert.equal(published.env["PORT"], "3000");
    assert.deepEqual(containerNetwork("published", 4711, {}).env, { PORT: "4711" });
    assert.equal(containerNetwork("host", 4711, { PORT: "3000" }).env["PORT"], "4711");
  });

  it("shows services of the machine to a container with a network of its own", () => {
    const env = {
      SENTRY_DSN: "http://key@127.0.0.1:9000/1",
      DATABASE_URL: "postgres://u:p@localhost/notes",
      PUBLIC: "https://localhost.example/127.0.0.1",
      HOST: "127.0.0.1",
    };
    assert.deepEqual(reachableFromContainer(env), {
      SENTRY_DSN: "http://key@host.docker.internal:9000/1",
      DATABASE_URL: "postgres://u:p@host.docker.internal/notes",
      PUBLIC: "https://localhost.example/127.0.0.1",
      HOST: "127.0.0.1",
    });
  });
});
