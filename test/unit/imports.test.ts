import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { projectRoot } from "../../sandbox/paths.ts";

/** What a file imports: files of this project by path, and packages by name. */
interface Imports {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const sources = globSync("**/*.{ts,js}", {
  cwd: projectRoot,
  exclude: (name) => ["node_modules", "dist"].includes(name) || name.startsWith("."),
});
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

describe("imports", () => {
  const table = allowedImports();
  const rooms = [...imports.keys()].map(roomOf);

  it("stay within what the architecture page allows", () => {
    const refused = [...imports].flatMap(([file, { files }]) => {
      const from = roomOf(file);
      return from === "test"
        ? []
        : files.filter((to) => !isAllowed(from, roomOf(to))).map((to) => `${file} imports ${to}`);
    });
    assert.deepEqual(refused, []);
  });

  it("use all that the page allows, in all of its rooms", () => {
    const used = new Set(
      [...imports].flatMap(([file, { files }]) => files.map((to) => `${roomOf(file)} -> ${roomOf(to)}`)),
    );
    const unused = [...table]
      .flatMap(([from, to]) => [...to].map((room) => `${from} -> ${room}`))
      .filter((pair) => !used.has(pair));
    assert.deepEqual(unused, []);
    assert.deepEqual([...new Set(rooms)].filter((room) => room !== "test").sort(), [...table.keys()].sort());
  });

  it("go in no circle", () => {
    assert.deepEqual(circles(), []);
  });

  it("bring no Pulumi SDK into a plugin", () => {
    const loaded = [...imports].flatMap(([file, { packages }]) =>
      ["providers/kit", "providers/plugins"].includes(roomOf(file))
        ? packages
            .filter((name) => name.startsWith("@pulumi/") && !name.startsWith("@pulumi/pulumi/proto/"))
            .map((name) => `${file}: ${name}`)
        : [],
    );
    assert.deepEqual(loaded, []);
  });

  function isAllowed(from: string, to: string): boolean {
    return from === to || table.get(from)?.has(to) === true;
  }
});

function roomOf(file: string): string {
  const [top = "", second = "", third = ""] = file.split("/");
  if (top !== "providers") return top;
  if (["kit", "docs", "pack", "sdk"].includes(second)) return `providers/${second}`;
  return third === "plugin" ? "providers/plugins" : "providers/classes";
}

/** The table of the page: room -> rooms. */
function allowedImports(): Map<string, Set<string>> {
  const page = readFileSync(join(projectRoot, "docs", "architecture.md"), "utf8");
  const names = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    rows.map((line) => {
      const [, room = "", , allowed = ""] = line.split("|");
      return [names(room)[0] ?? "", new Set(names(allowed))];
    }),
  );
}

function importsOf(file: string): Imports {
  const found = ts.preProcessFile(readFileSync(join(projectRoot, file), "utf8"), true, true).importedFiles;
  const names = found.map(({ fileName }) => fileName);
  const isOwn = (name: string): boolean => name.startsWith(".");
  return {
    files: names.filter(isOwn).map((name) => normalize(join(dirname(file), name))),
    packages: names.filter((name) => !isOwn(name)),
  };
}

/** Each circle once, as the files on it. A file is finished when all that it reaches is. */
function circles(): string[] {
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(" -> "));
    if (at >= 0 || finished.has(file)) return;
    for (const next of imports.get(file)?.files ?? []) visit(next, [...path, file]);
    finished.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}
