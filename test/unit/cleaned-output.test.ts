/** Whatever a command writes has passed the one cleaner: text of a service, or of a state, may be in it. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "../../sandbox/paths.ts";

/** What gives cleaned text: the cleaner in its forms, and reports, whose parts are cleaned as they are made. */
const CLEANS = ["cleanText", "oneLine", "safeJson", "reportText", "diagnosisText"];

describe("what the commands write", () => {
  it("is cleaned, text and JSON alike", () => {
    const files = [...globSync("cli/**/*.ts", { cwd: projectRoot }), "sandbox/commands/failure.ts"];
    const writes = files.flatMap((file) => writesIn(file, readFileSync(join(projectRoot, file), "utf8")));
    assert.ok(writes.length > 30, `only ${writes.length} were found`);
    assert.deepEqual(
      writes.filter(({ clean }) => !clean).map(({ place }) => place),
      [],
    );
  });

  it("is told from what is not", () => {
    const clean = ["a", "`a${cleanText(b)}`", "c ? safeJson(d) : oneLine(e)", "releasedJson(f)", "STILL_ENDING"];
    for (const text of clean.map((one, at) => (at === 0 ? `"${one}"` : one)))
      assert.deepEqual(
        writesIn("a.ts", `stderr.write(${text})`).map(({ clean: is }) => is),
        [true],
        text,
      );
    for (const text of ["b", "`a${b}`", "c ? cleanText(d) : e", "listText(f)", "JSON.stringify(g)"])
      assert.deepEqual(
        writesIn("a.ts", `context.stdout.write(${text})`).map(({ clean: is }) => is),
        [false],
        text,
      );
  });
});

/** The calls that write to a standard stream. */
function writesIn(file: string, text: string): { place: string; clean: boolean }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: { place: string; clean: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(^|\.)(stdout|stderr)\.write$/.test(node.expression.getText())) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ place: `${file}:${line}`, clean: node.arguments.slice(0, 1).every(isClean) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isClean(node: ts.Expression): boolean {
  if (ts.isStringLiteralLike(node)) return true;
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isClean(expression));
  if (ts.isConditionalExpression(node)) return isClean(node.whenTrue) && isClean(node.whenFalse);
  // Constants, and JSON that was made before; what makes it has to use `safeJson`.
  if (ts.isIdentifier(node)) return /^[A-Z_]+$|^json$/.test(node.text);
  if (!ts.isCallExpression(node)) return false;
  const name = node.expression.getText();
  return CLEANS.includes(name) || /^json$|^\w+Json$/.test(name);
}
