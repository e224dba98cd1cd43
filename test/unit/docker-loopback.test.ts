import assert from "node:assert/strict";
import { loopbackOnly } from "../../sandbox/docker/run/container-files.ts";
import { reachableFromContainer } from "../../sandbox/docker/run/loopback-address.ts";

describe("loopback and containers", () => {
  it("keeps Gunicorn on loopback, after its other arguments", () => {
    assert.deepEqual(loopbackOnly({ A: "1", PORT: "10000", GUNICORN_CMD_ARGS: "--workers 2" }, 4711), {
      A: "1",
      PORT: "4711",
      GUNICORN_CMD_ARGS: "--workers 2 --bind=127.0.0.1:4711",
    });
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
