/** What a Dockerfile of the team's own says of the image that it makes. */
import { declaredArguments } from "./build-arguments.ts";

/** What is said. */
export interface DockerfileFacts {
  /** The port that EXPOSE names; undefined when there is none, or several. */
  readonly port: number | undefined;
  /** What starts the container: the last ENTRYPOINT and CMD, as they stand there. */
  readonly command: string | undefined;
  /** Whether a step collects static files. */
  readonly collectsStatic: boolean;
}

/** Reads the last stage ("Dockerfile reference"): instructions in any case, lines that go on after a backslash, comments between. */
export function dockerfileFacts(dockerfile: string): DockerfileFacts {
  const instructions = instructionsOf(dockerfile);
  const start = instructions.findLastIndex(({ name }) => name === "FROM");
  const last = instructions.slice(Math.max(0, start));
  const values = { ...declaredArguments(dockerfile), ...environmentOf(last) };
  const expanded = (text: string): string =>
    text.replaceAll(/\$\{?(\w+)(?::-([^}]*))?\}?/g, (_all, name, fallback = "") => values[name] || fallback);
  const ports = new Set(
    last
      .filter(({ name }) => name === "EXPOSE")
      .flatMap(({ text }) => expanded(text).split(/\s+/))
      .map((port) => /^(\d+)(?:\/tcp)?$/.exec(port)?.[1])
      .filter((port) => port !== undefined),
  );
  const [port] = ports;
  const words = (wanted: string): string => last.findLast(({ name }) => name === wanted)?.text ?? "";
  return {
    port: ports.size === 1 ? Number(port) : undefined,
    command: [words("ENTRYPOINT"), words("CMD")].filter(Boolean).join(" ") || undefined,
    collectsStatic: instructions.some(({ name, text }) => name === "RUN" && /\bcollectstatic\b/.test(text)),
  };
}

interface Instruction {
  readonly name: string;
  readonly text: string;
}

function instructionsOf(dockerfile: string): Instruction[] {
  const lines = dockerfile.split(/\r?\n/).filter((line) => !/^\s*#/.test(line));
  return lines
    .join("\n")
    .replaceAll(/\\[ \t]*\n/g, " ")
    .split("\n")
    .flatMap((line) => {
      const [, name, text = ""] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? [];
      return name ? [{ name: name.toUpperCase(), text: text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim() }] : [];
    });
}

function environmentOf(instructions: readonly Instruction[]): Record<string, string> {
  const pairs = instructions
    .filter(({ name }) => name === "ENV")
    .flatMap(({ text }) => [...text.matchAll(/(\w+)[= ]["']?([^\s"']+)/g)]);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value]));
}
