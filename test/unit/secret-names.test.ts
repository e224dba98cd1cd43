import assert from "node:assert/strict";
import { fileSecrecy, isPrivateKeyFile } from "../../lib/secret-files.ts";
import { isSecretByName } from "../../lib/secret-names.ts";

describe("names of values", () => {
  const SECRET = [
    ...[
      "GITHUB_TOKEN",
      "SECRET_KEY",
      "DJANGO_SECRET_KEY",
      "SECRET_KEY_FALLBACKS",
      "npm-token",
      "AWS_SECRET_ACCESS_KEY",
    ],
    ...["DB_PASSWORD", "DB_PASS", "PGPASSWORD", "authToken", "API_KEY", "STRIPE_API_KEYS", "CREDENTIALS", "MYSQL_PWD"],
  ];
  const OTHERS = [
    ...["TOKENIZERS_PARALLELISM", "KEYCLOAK_URL", "PASSWORD_HASHERS", "SECRETARY", "TOKEN_URL", "MONKEY", "KEYBOARD"],
    ...["COMPASS", "BYPASS", "STRIPE_PUBLIC_KEYS", "SENTRY_DSN", "PASSWORD_RESET_TIMEOUT", "PYTHON_IMAGE", "CACHE_KEY"],
  ];
  for (const name of SECRET)
    it(`${name} is a secret's`, () => assert.equal(isSecretByName(name, "s3cret-value"), true));
  for (const name of OTHERS) it(`${name} is not`, () => assert.equal(isSecretByName(name, "s3cret-value"), false));

  it("do not count where the value is none", () => {
    for (const value of ["", "$TOKEN", "<token>", "{{ token }}", "/run/secrets/token", "true", "30"])
      assert.equal(isSecretByName("TOKEN", value), false, value);
  });
});

describe("files", () => {
  const CERTAIN = [
    ...[".env", "site/.env", ".env.local", ".env.production", ".envs/.production/.django", "a/.envs/x"],
    ...["id_rsa", "deploy/id_ed25519", "id_ecdsa_sk", ".netrc", ".pypirc", ".pgpass", ".git-credentials"],
  ];
  const LIKELY = ["prod.env", ".envrc", "cert.p12", "a.pfx", "secrets.yml", "client_secret.json", "credentials.json"];
  const NONE = [
    ...[".env.example", ".env.sample", ".env.template", ".env.dist", "env.py", "environment", ".envs.md", ".envoy"],
    ...["id_rsa.pub", "id_list.txt", "secrets.py", "tokens.css", "settings/secret.py", "cacert.pem", "site.key"],
  ];
  for (const path of CERTAIN) it(`${path} is a secret`, () => assert.equal(fileSecrecy(path), "certain"));
  for (const path of LIKELY) it(`${path} looks like one`, () => assert.equal(fileSecrecy(path), "likely"));
  for (const path of NONE) it(`${path} is none`, () => assert.equal(fileSecrecy(path), undefined));

  it("are secrets by what they hold, but for modules and examples", () => {
    assert.equal(fileSecrecy("site.key", true), "certain");
    assert.equal(fileSecrecy("keys.py", true), "likely");
    assert.equal(fileSecrecy(".envs/settings.py"), "likely");
    assert.equal(fileSecrecy("site.key.example", true), undefined);
  });

  const BODY = `${"A".repeat(64)}\n`;
  const begin = (what: string): string => `-----BEGIN ${what}-----\n${BODY}-----END ${what}-----\n`;
  const keys = ["PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"];
  for (const what of keys)
    it(`with a block of ${what} are private keys`, () => assert.ok(isPrivateKeyFile(Buffer.from(`\n${begin(what)}`))));
  it("with a key behind its certificate are, too, and PuTTY's", () => {
    assert.ok(isPrivateKeyFile(Buffer.from(begin("CERTIFICATE") + begin("PRIVATE KEY"))));
    assert.ok(isPrivateKeyFile(Buffer.from("Bag Attributes\n  x: 1\n-----BEGIN PRIVATE KEY-----\n")));
    assert.ok(isPrivateKeyFile(Buffer.from("PuTTY-User-Key-File-3: ssh-ed25519\n")));
  });
  it("of JSON or YAML with a key for a value are, too", () => {
    const key = begin("PRIVATE KEY");
    const block = `key: |-\n  ${key.replaceAll("\n", "\n  ")}`;
    for (const text of [
      JSON.stringify({ private_key: key }),
      JSON.stringify([{ a: { key } }], null, 2),
      block,
      `a:\n  ${block}`,
      `key: "${key}"`,
    ])
      assert.ok(isPrivateKeyFile(Buffer.from(text)), text);
  });
  it("that only quote a key, or hold what is public, are not", () => {
    const placeholder = "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n";
    for (const text of [
      JSON.stringify({ private_key: placeholder }),
      JSON.stringify({ certificate: begin("CERTIFICATE") }),
      `A key looks like this:\n\n    ${placeholder}`,
      begin("CERTIFICATE"),
      begin("PUBLIC KEY"),
      `KEY = """${begin("PRIVATE KEY")}"""`,
      "",
      "Bag",
    ])
      assert.equal(isPrivateKeyFile(Buffer.from(text)), false, text);
  });
});
