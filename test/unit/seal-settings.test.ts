import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSecretValues, withSealedBuildSecrets } from "../../cli/seal/build-secrets.ts";
import { cleanEnvironment } from "../../cli/seal/clean-environment.ts";
import { refusePlainSecrets } from "../../cli/seal/plain-secrets.ts";
import { readSnapshot, snapshotOf, snapshotText, writeSnapshot } from "../../cli/seal/snapshot.ts";
import {
  configPath,
  decryptedSettings,
  digestOf,
  encryptedSettings,
  placeholderOf,
  plainSettings,
  readStackSettings,
} from "../../cli/seal/stack-settings.ts";
import { answerTo } from "../../lib/recorded-answers.ts";

describe("what surrounds a sealed stack", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-unit-seal-"));
    await writeFile(join(folder, "Pulumi.yaml"), "name: delivery\nruntime: nodejs\n");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const settings = {
    config: {
      "github:token": { secure: "v1:a" },
      "delivery:image": { username: "acme", password: { secure: "v1:b" } },
      "delivery:list": ["plain", { secure: "v1:c" }],
    },
  };
  const encrypted = encryptedSettings(settings);

  it("has its encrypted settings found wherever they stand, and blanked in what is left", () => {
    assert.deepEqual(
      encrypted.map(({ path, ciphertext }) => [configPath(path), ciphertext]),
      [
        ["github:token", "v1:a"],
        ['delivery:image["password"]', "v1:b"],
        ["delivery:list[1]", "v1:c"],
      ],
    );
    assert.deepEqual(plainSettings(settings), {
      "github:token": "",
      "delivery:image": { username: "acme", password: "" },
      "delivery:list": ["plain", ""],
    });
    const shown = {
      "github:token": { value: "t" },
      "delivery:image": { value: "{}", objectValue: { password: "p" } },
      "delivery:list": { value: "[]", objectValue: ["plain", "l"] },
    };
    assert.deepEqual(decryptedSettings(encrypted, JSON.stringify(shown)), ["t", "p", "l"]);
    assert.throws(() => decryptedSettings(encrypted, "{}"), /no value of the setting github:token/);
  });

  it("holds no secret in plain, by its key, its name or its shape; what the policy pack knows to be none may stay", async () => {
    const plain: readonly [config: Record<string, unknown>, key: string | undefined][] = [
      [{ "delivery:secretVariables": { HARMLESS: "v4lue" } }, 'delivery:secretVariables["HARMLESS"]'],
      [{ "delivery:site": { variables: { STRIPE_SECRET_KEY: "sk_live_1" } } }, "STRIPE_SECRET_KEY"],
      [{ "delivery:site": { variables: { CACHE: "redis://u:p4ss@cache.example" } } }, "CACHE"],
      [{ "delivery:image": { password: "p4ss" } }, "password"],
      [{ "delivery:image": { password: "$p4ss" } }, "password"],
      [{ "delivery:image": { password: 4711 } }, "password"],
      [{ "delivery:secretVariables": { PIN: 47_110_815 } }, "PIN"],
      [{ "delivery:site": { variables: { API_TOKEN: 471_108_150_815 } } }, "API_TOKEN"],
      [{ "delivery:list": ["rnd_0123456789012345678901234"] }, "delivery:list[0]"],
      [{ "delivery:site": { variables: { KNOWN_TOKEN: "not one" } } }, undefined],
      [{ "delivery:site": { variables: { STRIPE_PUBLISHABLE_KEY: "pk_live_1", DEBUG: "false" } } }, undefined],
      [{ "delivery:site": { secretKey: "generate" } }, undefined],
      [{ "delivery:secretVariables": { KEY: { secure: "v1:a" } } }, undefined],
    ];
    await mkdir(join(folder, "policy"));
    const names = { policies: { "no-plain-secret": { names: ["KNOWN_TOKEN"] } } };
    await writeFile(join(folder, "policy", "config.json"), JSON.stringify(names));
    for (const [config, key] of plain) {
      const sealed = refusePlainSecrets({ config }, folder);
      if (key === undefined) await sealed;
      else
        await assert.rejects(sealed, ({ message }: Error) => {
          assert.ok(
            message.includes(key) && /`npm run pulumi -- config (set --secret|rm) --path/.test(message),
            message,
          );
          assert.doesNotMatch(message, /v4lue|sk_live|p4ss|rnd_|4711/);
          return true;
        });
    }
  });

  it("names the place where the program takes each of them as a secret", async () => {
    const remedies: readonly [config: Record<string, unknown>, remedy: string][] = [
      [
        { "delivery:site": { variables: { API_TOKEN: "x1y2z3" } } },
        "`npm run pulumi -- config set --secret --path 'delivery:secretVariables.API_TOKEN'` and " +
          '`npm run pulumi -- config rm --path \'delivery:site["variables"]["API_TOKEN"]\'`',
      ],
      [
        { "delivery:image": { password: "x1y2z3" } },
        "`npm run pulumi -- config set --secret --path 'delivery:image[\"password\"]'`",
      ],
      [
        { "delivery:image": { buildArguments: { NPM_TOKEN: "x1y2z3" } } },
        '`npm run pulumi -- config rm --path \'delivery:image["buildArguments"]["NPM_TOKEN"]\'`: `delivery:image.secrets` passes',
      ],
      [{ "github:token": "x1y2z3" }, "`npm run pulumi -- config set --secret --path 'github:token'`"],
      [
        { "delivery:errors": { token: "x1y2z3" } },
        "`npm run pulumi -- config rm --path 'delivery:errors[\"token\"]'`: it can hold",
      ],
    ];
    for (const [config, remedy] of remedies)
      await assert.rejects(refusePlainSecrets({ config }, folder), ({ message }: Error) => {
        assert.ok(message.includes(remedy), message);
        return true;
      });
  });

  it("knows a setting by its ciphertext, gives a changed one its shape, and a new one a word", () => {
    const path = ["delivery:image", "password"];
    const known = [{ path, ciphertext: digestOf("v1:b"), placeholder: "12345678" }];
    assert.equal(placeholderOf({ path: ["moved"], ciphertext: "v1:b" }, known), "12345678");
    const changed = placeholderOf({ path, ciphertext: "v1:other" }, known);
    assert.match(changed, /^\d{8}$/);
    assert.notEqual(changed, "12345678");
    assert.equal(placeholderOf({ path, ciphertext: "v1:other" }, known), changed);
    assert.match(placeholderOf({ path: ["new"], ciphertext: "v1:new" }, known), /^sealed-/);
  });

  it("refuses settings from elsewhere, and a file that is not there", async () => {
    await writeFile(join(folder, "Pulumi.esc.yaml"), "environment: [acme/prod]\nconfig: {}\n");
    await assert.rejects(readStackSettings(folder, "esc", {}), /Pulumi ESC/);
    await writeFile(join(folder, "Pulumi.broken.yaml"), "config: [\n");
    await assert.rejects(readStackSettings(folder, "broken", {}), /broken\.yaml is no stack's file/);
    await assert.rejects(readStackSettings(folder, "missing", {}), /Pulumi\.missing\.yaml is not there/);
    await assert.rejects(readStackSettings(tmpdir(), "prod", {}), /no Pulumi\.yaml/);
  });

  it("keeps tokens, passphrases and whatever else is in the environment outside", () => {
    const env = {
      PATH: "/bin",
      HOME: "/root",
      GITHUB_TOKEN: "t",
      PULUMI_CONFIG_PASSPHRASE: "p",
      AWS_SECRET_ACCESS_KEY: "k",
    };
    assert.deepEqual(cleanEnvironment(env), { PATH: "/bin", HOME: "/root" });
  });

  it("has variables in the place of the build's secrets, which no other machine has", async () => {
    await writeFile(join(folder, "pip.conf"), "index-url = https://secret@index.example");
    const image = {
      repository: "acme/site",
      secrets: { pip: { file: "pip.conf" }, ca: { variable: "CA" }, no: { file: "no" } },
    };
    const config = { "delivery:image": image };
    const values = await buildSecretValues(config, folder, { CA: "bundle" });
    assert.deepEqual(
      [...values],
      [
        ["file pip.conf", "index-url = https://secret@index.example"],
        ["variable CA", "bundle"],
      ],
    );
    const sealed = withSealedBuildSecrets(config, { "file pip.conf": "P", "variable CA": "C" });
    const { secrets } = sealed.config["delivery:image"] as { secrets: Record<string, { variable: string }> };
    assert.deepEqual(sealed.environment[secrets["pip"]?.variable ?? ""], "P");
    assert.deepEqual(sealed.environment[secrets["ca"]?.variable ?? ""], "C");
    assert.match(sealed.environment[secrets["no"]?.variable ?? ""] ?? "", /^sealed-/);
    assert.deepEqual(withSealedBuildSecrets({ a: 1 }, {}), { config: { a: 1 }, environment: {} });
  });

  it("is a file with one order of keys, which is checked when it is read", async () => {
    const parts = { engine: "3.274.1", sealedAt: "2026-11-25T02:00:00.000Z", settings: [], environment: {} };
    const rest = { buildSecrets: {}, answers: {}, state: { version: 3, deployment: { resources: [] } } };
    const snapshot = snapshotOf({ stack: "prod", project: "delivery", ...parts, ...rest });
    assert.equal(
      snapshotText(snapshot),
      snapshotText(snapshotOf({ ...rest, ...parts, project: "delivery", stack: "prod" })),
    );
    const file = join(folder, "sealed.json");
    await writeSnapshot(file, snapshot);
    assert.deepEqual(await readSnapshot(file), snapshot);
    await writeFile(file, (await readFile(file, "utf8")).replace('"version": 1', '"version": 2'));
    await assert.rejects(readSnapshot(file), /no snapshot that this version of delivery reads \(version/);
    await writeFile(file, snapshotText({ ...snapshot, environment: { NODE_OPTIONS: "--import=x" } as object }));
    await assert.rejects(readSnapshot(file), /no snapshot that this version of delivery reads \(environment/);
    await writeFile(file, "not JSON");
    await assert.rejects(readSnapshot(file), /delivery seal/);
    await assert.rejects(readSnapshot(join(folder, "none")), /cannot be read: ENOENT/);
  });

  it("records what the program is answered, and then answers from the record alone", async () => {
    const file = join(folder, "answers.jsonl");
    const ask = async (): Promise<string> => "sha256:1";
    assert.equal(await answerTo("registry acme/site:1", ask, { DELIVERY_RECORD_ANSWERS: file }), "sha256:1");
    const fail = async (): Promise<string> => assert.fail("nobody is asked");
    const recorded = { DELIVERY_RECORDED_ANSWERS: file };
    assert.equal(await answerTo("registry acme/site:1", fail, recorded), "sha256:1");
    assert.equal(await answerTo("registry acme/site:2", fail, recorded), undefined);
    assert.equal(await answerTo("registry acme/site:2", ask, {}), "sha256:1");
  });
});
