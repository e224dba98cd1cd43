/** The machine's own programs and environment. */
import which from "which";
import type { Tool } from "./command.ts";

/** The environment of this process, without the variables that are unset. */
export function hostEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A program of the machine, speaking English so that its messages can be read by rules. */
export function hostTool(program: string): Tool {
  return { program, env: { ...hostEnvironment(), LC_ALL: "C.UTF-8" } };
}

/** Path of a program in an environment's PATH; undefined when there is none. */
export async function findProgram(name: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  return (await which(name, { path: env["PATH"] ?? "", nothrow: true })) ?? undefined;
}
