import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/project-folder.ts";
import { makeFolder, removeFolder } from "./support/configuration.ts";

/** The instruction's words, as the builder reads them. */
function command(): readonly string[] {
  const text = readFileSync(join(projectRoot, "Dockerfile"), "utf8");
  const [, words = "[]"] = /^CMD (\[[\s\S]*\])\s*$/m.exec(text) ?? [];
  return JSON.parse(words.replaceAll("\\\n", "")) as string[];
}

describe("the start of this project's image", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({});
    for (const server of ["gunicorn", "uvicorn", "daphne"]) {
      const file = join(folder, server);
      writeFileSync(file, '#!/bin/sh\necho "$0" "$@"\necho "hosts=$DJANGO_ALLOWED_HOSTS"\n');
      chmodSync(file, 0o755);
    }
  });
  after(() => removeFolder(folder));

  const start = (env: Readonly<Record<string, string>>): string[] => {
    const [program = "", ...args] = command();
    const defaults = {
      PORT: "8000",
      SERVER: "gunicorn",
      WSGI_MODULE: "config.wsgi",
      ASGI_MODULE: "",
      WORKER_CLASS: "",
    };
    const output = execFileSync(program, args, {
      env: { PATH: `${folder}:${process.env["PATH"]}`, ...defaults, ...env },
    });
    return output.toString().replace(`${folder}/`, "").trimEnd().split("\n");
  };

  it("adds Render's name for the site to the allowed hosts", () => {
    const render = { RENDER_EXTERNAL_HOSTNAME: "site.onrender.com" };
    assert.equal(start(render)[1], "hosts=site.onrender.com");
    assert.equal(
      start({ ...render, DJANGO_ALLOWED_HOSTS: "a.example,b.example" })[1],
      "hosts=a.example,b.example,site.onrender.com",
    );
    assert.equal(start({ DJANGO_ALLOWED_HOSTS: "a.example" })[1], "hosts=a.example");
    assert.equal(start({})[1], "hosts=");
  });

  it("becomes the server that the build was told of", () => {
    const gunicorn = "gunicorn --access-logfile - --worker-tmp-dir /dev/shm";
    const asgi = { ASGI_MODULE: "config.asgi:application" };
    assert.equal(start({})[0], `${gunicorn} config.wsgi`);
    assert.equal(start({ ...asgi, WORKER_CLASS: "w.W" })[0], `${gunicorn} --worker-class w.W config.asgi:application`);
    assert.equal(
      start({ ...asgi, SERVER: "uvicorn", PORT: "9000" })[0],
      "uvicorn --host 0.0.0.0 --port 9000 config.asgi:application",
    );
    assert.equal(
      start({ ...asgi, SERVER: "daphne", LISTEN_ADDRESS: "127.0.0.1" })[0],
      "daphne --bind 127.0.0.1 --port 8000 config.asgi:application",
    );
  });
});
