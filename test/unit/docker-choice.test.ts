import assert from "node:assert/strict";
import { silentProgress } from "../../cli/progress.ts";
import { chooseEngine, engineFromEnvironment } from "../../sandbox/docker/choice.ts";
import type { ContainerEngineKind, Engine, EngineOption } from "../../sandbox/docker/engine.ts";

const request = { cacheDir: "/cache", stateDir: "/state", worldId: "w", progress: silentProgress };

function option(kind: ContainerEngineKind, problem?: string): EngineOption & { opened: number } {
  const fake = {
    kind,
    title: `the ${kind} one`,
    opened: 0,
    async open(): Promise<Engine> {
      fake.opened++;
      if (problem) throw new Error(problem);
      return { kind } as Engine;
    },
  };
  return fake;
}

describe("choice of the container engine", () => {
  it("takes the first that can be had and leaves the others alone", async () => {
    const [machine, own, buildah] = [option("machine", "no client"), option("private"), option("buildah")];
    assert.equal((await chooseEngine([machine, own, buildah], request)).kind, "private");
    assert.deepEqual([machine.opened, own.opened, buildah.opened], [1, 1, 0]);
  });

  it("says for each why it cannot be had, and what to do", async () => {
    const options = [option("machine", "There is no docker client on PATH."), option("private", "It needs root.")];
    await assert.rejects(chooseEngine(options, request), ({ message }: Error) => {
      assert.match(message, /^No container engine can be used on this machine:$/m);
      assert.match(message, /^- the machine one \(machine\): There is no docker client on PATH\.$/m);
      assert.match(message, /^- the private one \(private\): It needs root\.$/m);
      assert.match(message, /^Next step: install Docker/m);
      return true;
    });
  });

  it("uses the forced one or none", async () => {
    const [machine, buildah] = [option("machine"), option("buildah", "It needs root.")];
    await assert.rejects(chooseEngine([machine, buildah], request, "buildah"), /^Error: The chosen container engine/);
    assert.equal(machine.opened, 0);
  });

  it("reads the forced one from the environment", () => {
    assert.equal(engineFromEnvironment({}), undefined);
    assert.equal(engineFromEnvironment({ SANDBOX_CONTAINER_ENGINE: "buildah" }), "buildah");
    assert.throws(
      () => engineFromEnvironment({ SANDBOX_CONTAINER_ENGINE: "podman" }),
      /SANDBOX_CONTAINER_ENGINE is "podman"\. Set it to one of: machine, private, buildah\./,
    );
  });
});
