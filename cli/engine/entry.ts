/** Checks the program's entry before the engine does. */
import { access, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { UserError } from "../user-error.ts";

const Project = z.object({ main: z.string().optional() });

/**
 * Fails when the file that Pulumi.yaml names as `main` is not there. Left to the engine, a missing entry costs
 * half a minute and gigabytes of memory before a module error.
 * @throws UserError when Pulumi.yaml cannot be read, or `main` does not exist.
 */
export async function assertEntryExists(projectDir: string): Promise<void> {
  const file = join(projectDir, "Pulumi.yaml");
  const { main } = await readProject(file);
  if (main === undefined) return;
  const entry = resolve(projectDir, main);
  await access(entry).catch((cause: Error) => {
    throw new UserError(
      `The program's entry ${entry} does not exist; ${file} names it as \`main\`.`,
      "Correct `main`, or restore the file.",
      { cause },
    );
  });
}

async function readProject(file: string): Promise<z.infer<typeof Project>> {
  try {
    return Project.parse(parse(await readFile(file, "utf8")));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new UserError(`${file} cannot be read: ${reason}.`, "Run this in the folder of the Pulumi project.", {
      cause,
    });
  }
}
