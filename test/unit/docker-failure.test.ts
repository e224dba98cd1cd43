import assert from "node:assert/strict";
import { buildFailure, pullFailure, pushFailure, startFailure } from "../../sandbox/docker/failure.ts";
import { CommandFailure } from "../../sandbox/docker/system/command.ts";

const TAG = "localhost:5001/acme/notes:1";
const LOGIN = { address: "localhost:5001", username: "delivery", password: "hunter2-hunter2" };

const failed = (...lines: string[]): CommandFailure => new CommandFailure("failed", 1, lines.join("\n"));

describe("failures of builds", () => {
  it("names the step and its last lines, as Docker 20.10 prints them", () => {
    const { message } = buildFailure(
      failed(
        "#4 [2/3] COPY . ./",
        "#4 DONE 0.0s",
        "#5 [3/3] RUN pip install x",
        "#5 sha256:474df571",
        "#5 0.057 Collecting x",
        "#5 0.9 ERROR: No matching distribution found for x",
        "#5 ERROR: executor failed running [/bin/sh -c pip install x]: exit code: 1",
        "------",
        " > [3/3] RUN pip install x:",
        "------",
        "executor failed running [/bin/sh -c pip install x]: exit code: 1",
      ),
    );
    assert.equal(
      message,
      [
        "The image could not be built: the step [3/3] RUN pip install x ended with exit code 1.",
        "  Collecting x",
        "  ERROR: No matching distribution found for x",
        'failed to solve: process "/bin/sh -c pip install x" did not complete successfully: exit code: 1',
      ].join("\n"),
    );
  });

  it("names the step and its last lines, as newer BuildKit prints them", () => {
    const { message } = buildFailure(
      failed(
        "#7 [3/3] RUN false",
        "#7 0.1 about to fail",
        '#7 ERROR: process "/bin/sh -c false" did not complete successfully: exit code: 1',
        'ERROR: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1',
      ),
    );
    assert.match(
      message,
      /the step \[3\/3\] RUN false ended with exit code 1\.\n {2}about to fail\nfailed to solve: process/,
    );
  });

  it("names the step and its last lines, as buildah prints them", () => {
    const { message } = buildFailure(
      failed(
        "STEP 1/2: FROM python:3.12-slim",
        "STEP 2/2: RUN echo broke && exit 4",
        "broke",
        "subprocess exited with status 4",
        'Error: building at STEP "RUN echo broke && exit 4": exit status 4',
      ),
    );
    assert.equal(
      message,
      [
        "The image could not be built: the step [2/2] RUN echo broke && exit 4 ended with exit code 4.",
        "  broke",
        'failed to solve: process "/bin/sh -c echo broke && exit 4" did not complete successfully: exit code: 4',
      ].join("\n"),
    );
  });

  it("names a step that runs no command", () => {
    const { message } = buildFailure(failed("#4 [2/2] COPY gone /x", '#4 ERROR: "/gone" not found: not found'));
    assert.match(message, /the step \[2\/2\] COPY gone \/x failed\.\n {2}"\/gone" not found/);
  });

  it("names the base image that is missing", () => {
    const docker = buildFailure(
      failed(
        "#2 [internal] load metadata for docker.io/library/python:9.99-slim",
        "#2 ERROR: docker.io/library/python:9.99-slim: not found",
      ),
    );
    const buildah = buildFailure(
      failed("Error: creating build container: initializing source docker://python:9.99-slim: manifest unknown"),
    );
    for (const { message } of [docker, buildah])
      assert.match(message, /its base image python:9\.99-slim was not found/);
  });

  it("shows the line of the Dockerfile that cannot be read", () => {
    const { message } = buildFailure(
      failed("failed to solve: dockerfile parse error line 2: unknown instruction: FOO"),
    );
    assert.match(message, /^The Dockerfile could not be read\.\n {2}.*line 2: unknown instruction: FOO$/m);
  });

  it("says so when the engine is gone", () => {
    const gone = failed("ERROR: Cannot connect to the Docker daemon at unix:///x/docker.sock. Is it running?");
    assert.match(buildFailure(gone).message, /^The container engine does not answer\./);
    assert.match(pushFailure(gone, TAG, [LOGIN]).message, /^The container engine does not answer\./);
  });
});

describe("failures of pushes, pulls and starts", () => {
  const refused = failed("unauthorized: authentication required");

  it("names the login that was refused, without its password", () => {
    const push = pushFailure(refused, TAG, [LOGIN]).message;
    assert.match(push, /failed to push localhost:5001\/acme\/notes:1: .* user "delivery": 401 Unauthorized/);
    assert.doesNotMatch(push, /hunter2/);
    assert.match(pullFailure(refused, TAG, "delivery").message, /refused the login of user "delivery" for the image/);
  });

  it("says when there was no login for the registry", () => {
    const message = pushFailure(refused, TAG, [{ ...LOGIN, address: "ghcr.io" }]).message;
    assert.match(message, /the registry localhost:5001 refused a request without a login/);
  });

  it("tells a missing image from a registry that is away", () => {
    const missing = failed("Error response from daemon: manifest for x not found: manifest unknown");
    assert.match(pullFailure(missing, TAG, undefined).message, /does not exist in the registry localhost:5001/);
    const away = failed("dial tcp 127.0.0.1:5001: connect: connection refused");
    assert.match(pullFailure(away, TAG, undefined).message, /could not be pulled\.\n {2}dial tcp/);
    assert.match(pushFailure(away, TAG, [LOGIN]).message, /Check that the registry localhost:5001 is running/);
  });

  it("shows why a container did not start", () => {
    const message = startFailure(failed('exec: "nonsense": executable file not found in $PATH'), TAG).message;
    assert.match(message, /acme\/notes:1 could not be started\.\n {2}exec: "nonsense"/);
  });
});
