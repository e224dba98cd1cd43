/**
 * Stands for Docker's program in a job: it logs in, builds and pushes with the sandbox's own builder, whichever engine
 * the machine has. Other commands are refused by name.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { z } from "zod";
import { registryOf } from "../../providers/kit/image-reference.ts";
import { buildAndPush } from "../docker/builder.ts";

const logins = z.record(z.string(), z.object({ username: z.string(), password: z.string() }));
const file = join(process.env["HOME"] ?? ".", ".sandbox-docker", "logins.json");

async function login(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { username: { type: "string", short: "u" }, "password-stdin": { type: "boolean" } },
    allowPositionals: true,
  });
  const [address = "docker.io"] = positionals;
  const password = (await text(process.stdin)).replace(/\n$/, "");
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const known = await knownLogins();
  const changed = { ...known, [address]: { username: values.username ?? "", password } };
  await writeFile(file, JSON.stringify(changed), { mode: 0o600 });
  process.stdout.write("Login Succeeded\n");
}

async function build(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      file: { type: "string", short: "f" },
      tag: { type: "string", short: "t", multiple: true },
      push: { type: "boolean" },
      platform: { type: "string" },
      target: { type: "string" },
      "build-arg": { type: "string", multiple: true },
      label: { type: "string", multiple: true },
    },
    allowPositionals: true,
  });
  if (!values.push) throw new Error("The sandbox builds in a job only what is pushed: --push is missing.");
  const [contextDir = "."] = positionals;
  const tags = values.tag ?? [];
  const known = await knownLogins();
  const registries = [...new Set(tags.map(registryOf))].flatMap((address) => {
    const found = known[address];
    return found ? [{ address, ...found }] : [];
  });
  const { digest } = await buildAndPush(
    {
      contextDir,
      dockerfile: values.file ?? join(contextDir, "Dockerfile"),
      buildArgs: pairs(values["build-arg"]),
      labels: pairs(values.label),
      secrets: {},
      ...(values.target && { target: values.target }),
      platforms: values.platform ? values.platform.split(",") : [],
      tags,
      registries,
      signal: new AbortController().signal,
      onLog: (line) => process.stdout.write(`${line}\n`),
    },
    process.env,
  );
  process.stdout.write(`pushed ${tags.join(", ")}: ${digest}\n`);
}

async function knownLogins(): Promise<z.output<typeof logins>> {
  const stored = await readFile(file, "utf8").catch(() => "{}");
  return logins.parse(JSON.parse(stored));
}

function pairs(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [name, value.length > 0 ? value.join("=") : (process.env[name] ?? "")];
    }),
  );
}

const [command = "", ...rest] = process.argv.slice(2);
try {
  if (command === "login") await login(rest);
  else if (command === "buildx" && rest[0] === "build") await build(rest.slice(1));
  else if (command === "build") await build(rest);
  else throw new Error(`The sandbox does not run \`docker ${[command, rest[0]].join(" ").trim()}\` in a job.`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
