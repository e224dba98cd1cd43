import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageIndexSecrets, parsePipSettings, pipConfiguration } from "../../sandbox/docker/build/package-index.ts";

describe("pip's way to its package index", () => {
  it("is read from what pip lists, variables over files", () => {
    const settings = parsePipSettings(
      [
        ":env:.timeout='180'",
        "global.index-url='https://index.example/simple'",
        "global.timeout='15'",
        "global.extra-index-url='https://a.example\\nhttps://b.example'",
        "install.trusted-host='index.example'",
        "freeze.all='true'",
      ].join("\n"),
    );
    assert.deepEqual(Object.fromEntries(settings), {
      "index-url": "https://index.example/simple",
      timeout: "180",
      "extra-index-url": "https://a.example\nhttps://b.example",
      "trusted-host": "index.example",
    });
  });

  it("leaves out what means something on this machine only", () => {
    const settings = new Map([
      ["index-url", "https://index.example/simple"],
      ["extra-index-url", "https://a.example\nhttps://b.example"],
      ["cert", "/home/me/ca.pem"],
      ["find-links", "/home/me/wheels"],
      ["cache-dir", "/home/me/.cache"],
    ]);
    assert.equal(
      pipConfiguration(settings, true),
      [
        "[global]",
        "cert = /etc/ssl/certs/ca-certificates.crt",
        "index-url = https://index.example/simple",
        "extra-index-url = https://a.example",
        "    https://b.example",
        "",
      ].join("\n"),
    );
    assert.doesNotMatch(pipConfiguration(settings, false), /cert/);
  });

  describe("on a machine", () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "docker-package-index-"));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it("is what pip says, with the authorities that pip trusts", async () => {
      const authorities = join(folder, "ca.pem");
      await writeFile(authorities, "");
      const pip = join(folder, "pip");
      await writeFile(
        pip,
        `#!/bin/sh\necho "global.cert='${authorities}'"\necho "global.index-url='https://i.example'"\n`,
      );
      await chmod(pip, 0o755);

      const files = await packageIndexSecrets(join(folder, "secrets"), { PATH: folder });

      assert.equal(files["ca_certs"], authorities);
      assert.match(await readFile(files["pip_conf"] ?? "", "utf8"), /^index-url = https:\/\/i\.example$/m);
    });

    it("is in the variables when there is no pip", async () => {
      const authorities = join(folder, "ca.pem");
      await writeFile(authorities, "");
      const env = { PATH: folder, PIP_INDEX_URL: "https://v.example", SSL_CERT_FILE: authorities };

      const files = await packageIndexSecrets(join(folder, "secrets"), env);

      assert.equal(files["ca_certs"], authorities);
      assert.match(await readFile(files["pip_conf"] ?? "", "utf8"), /^index-url = https:\/\/v\.example$/m);
    });
  });
});
