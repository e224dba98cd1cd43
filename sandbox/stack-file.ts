/** The sandbox's own copy of Pulumi.sandbox.yaml: the engine writes into it, and the registry's address goes into it. */
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, parseDocument } from "yaml";
import { UserError } from "../cli/user-error.ts";
import type { WorldDescription } from "./running.ts";

/**
 * Writes `<folder>/Pulumi.<stack>.yaml` and the project file that `pulumi stack init` needs beside it.
 * The copy is taken anew when the original has changed; until then edits made by `pulumi config set` stay.
 * @returns the path of the copy.
 * @throws UserError when the file that is read is not valid YAML.
 */
export async function writeStackFile(options: {
  readonly folder: string;
  readonly projectDir: string;
  readonly stack: string;
  readonly world: Pick<WorldDescription, "registry" | "buildSecrets">;
  /** The base image, for a builder that does not find the Dockerfile's own. */
  readonly baseImage?: string | undefined;
}): Promise<string> {
  const { folder, projectDir, stack, world, baseImage } = options;
  const { registry, buildSecrets } = world;
  await mkdir(folder, { recursive: true });
  const originalPath = join(projectDir, `Pulumi.${stack}.yaml`);
  const original = await readFile(originalPath, "utf8");
  const copyPath = join(folder, `Pulumi.${stack}.yaml`);
  const sourcePath = join(folder, "source");
  const source = createHash("sha256").update(original).digest("hex");
  const previous = await readFile(copyPath, "utf8").catch(() => undefined);
  const unchanged = (await readFile(sourcePath, "utf8").catch(() => "")) === source;

  const isKept = previous !== undefined && unchanged;
  const document = parseDocument(isKept ? previous : original);
  const [fault] = document.errors;
  if (fault)
    throw new UserError(
      `${isKept ? copyPath : originalPath} is not valid YAML: ${fault.message.trim()}`,
      isKept ? "Fix that line, or delete the file: it is made anew." : "Fix that line, then run this again.",
    );
  const salt = previous === undefined ? undefined : parseDocument(previous).get("encryptionsalt");
  if (salt !== undefined) document.set("encryptionsalt", salt);
  document.setIn(["config", "delivery:image", "repository"], `${registry.address}/acme/site`);
  document.setIn(["config", "delivery:image", "username"], registry.username);
  document.setIn(["config", "delivery:image", "password"], registry.password);
  for (const [id, file] of Object.entries(buildSecrets)) {
    document.setIn(["config", "delivery:image", "secrets", id, "file"], file);
  }
  if (baseImage) document.setIn(["config", "delivery:image", "buildArguments", "PYTHON_IMAGE"], baseImage);

  // It holds the registry's password.
  await writeFile(copyPath, document.toString(), { mode: 0o600 });
  await chmod(copyPath, 0o600);
  await writeFile(sourcePath, source);
  // The engine keeps stacks by the project's name.
  const project = parse(await readFile(join(projectDir, "Pulumi.yaml"), "utf8")) as { readonly name: string };
  await writeFile(join(folder, "Pulumi.yaml"), `name: ${project.name}\nruntime: nodejs\n`);
  return copyPath;
}
