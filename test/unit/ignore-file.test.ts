import assert from "node:assert/strict";
import { IgnoreRules, type Match, ROOT } from "../../lib/context/ignore-file.ts";
import { patternMatcher } from "../../lib/context/ignore-pattern.ts";

/** Judges a path as a walk does: folder by folder. */
function match(rules: IgnoreRules, path: string): Match {
  const names = path.split("/");
  return names.reduce((above, _, index) => rules.match(names.slice(0, index + 1).join("/"), above), ROOT);
}
const ignores = (lines: string, path: string): boolean => match(new IgnoreRules(lines), path).isIgnored;

describe("a pattern of an ignore file", () => {
  /** Pattern, what it matches as a whole, and what it does not. */
  const table: readonly [string, readonly string[], readonly string[]][] = [
    ["manage.py", ["manage.py"], ["Manage.py", "site/manage.py", "manage-py", "manage.pyc"]],
    ["*", ["a", ".env"], ["a/b"]],
    ["*.md", ["a.md", ".md"], ["a/b.md", "a.MD", "a.mdx"]],
    ["a/*.md", ["a/b.md"], ["a/b/c.md", "a.md"]],
    [".*", [".env"], ["env"]],
    ["temp?", ["temp1", "tempé", "temp☺"], ["temp", "temp12", "temp/"]],
    ["a???b", ["a123b"], ["a☺b"]],
    ["*/temp*", ["x/temporary"], ["temporary", "x/y/temporary"]],
    ["**", ["a", "a/b"], []],
    ["**/__pycache__", ["__pycache__", "a/__pycache__", "a/b/__pycache__"], ["a__pycache__", "__pycache__x"]],
    ["**/*.pyc", ["a.pyc", "a/b.pyc"], ["a.py"]],
    ["**.pyc", [".pyc", "a.pyc", "a/b.pyc"], ["a.pycx"]],
    ["**file", ["file", "a/file", "a/profile"], ["files"]],
    ["**.py[co]", [".pyc", "a/.pyo"], ["a.pyc"]],
    ["docs/**", ["docs/a", "docs/a/b"], ["docs", "docsx/a"]],
    ["docs**", ["docs", "docs/a", "docsx"], ["doc"]],
    ["**/a/**", ["a/b", "x/a/b/c"], ["a"]],
    ["**/**/*.txt", ["f.txt", "a/b/f.txt"], ["f.txt2"]],
    ["a**/*.txt", ["a/f.txt", "a/b/c/f.txt"], ["b/f.txt"]],
    ["a[b-d]e", ["ace"], ["ae", "aae", "aCe"]],
    ["a[^b-d]e", ["aze", "a^e"], ["ace"]],
    ["[a-ζ]*", ["α"], ["A"]],
    ["[\\]a]", ["]", "a"], ["b"]],
    ["[\\-x]", ["-", "x"], ["a"]],
    ["a\\*b", ["a*b"], ["ab", "axb"]],
    ["a\\\\", ["a\\"], ["a"]],
    ["a.|)$(}+{bc", ["a.|)$(}+{bc"], ["a1|)$(}+{bc"]],
    ["*.)$(}+{bc", ["x.)$(}+{bc"], ["x1)$(}+{bc"]],
    ["a|b", ["a|b"], ["a", "b"]],
    ["a|b*", ["a", "ax", "xb", "a|b"], ["xa", "bx/"]],
    ["{a,b}*", ["{a,b}", "{a,b}c"], ["a", "b"]],
    ["a{2}*", ["aa", "aab"], ["a{2}", "ab"]],
    ["a{2}", ["a{2}"], ["aa"]],
    ["**/*[-_]old", ["a-old", "x/a_old"], ["aold"]],
    ["**/*.[]x]", ["a.]", "a.x"], ["a.y"]],
    ["[[:digit:]]", ["7"], [":", "d"]],
    ["docs\\build", [], ["docs\\build", "docs/build"]],
    ["out\\temp", ["out\temp"], ["out\\temp", "out/temp"]],
    ["a(b)c/def", ["a(b)c/def"], ["abc/def", "a(b)c/xyz"]],
    ["*+g08*.whl", ["p-2.4+g08acad9.whl"], ["p-2.4g08acad9.whl"]],
    ["notes^1.txt", ["notes^1.txt"], ["notes1.txt"]],
    ["{a,b}", ["{a,b}"], ["a", "b"]],
  ];
  for (const [pattern, matching, others] of table)
    it(`${pattern} matches ${matching.join(" ")}, and not ${others.join(" ")}`, () => {
      const matches = patternMatcher(pattern);
      for (const path of matching) assert.equal(matches(path), true, path);
      for (const path of others) assert.equal(matches(path), false, path);
    });

  for (const pattern of [
    "[",
    "a[",
    "[^",
    "[^bc",
    "[]a]",
    "[-]",
    "[x-]",
    "[-x]",
    "[a-b-c]",
    "\\",
    "a\\\\\\",
    "*.[]x]",
    "*[-_]old",
  ])
    it(`${pattern} is not valid`, () => {
      assert.throws(() => patternMatcher(pattern), /has a pattern that is not valid: /);
    });

  for (const pattern of ["*[z-a]", "x\\y", "*{2}", "**/*.[", "[[:dig:]]"])
    it(`${pattern} is refused by the first path that is compared with it`, () => {
      const matches = patternMatcher(pattern);
      assert.throws(() => matches("a"), /has a pattern that is not valid: /);
    });

  it("matches names that are not valid UTF-8 by their bytes", () => {
    assert.equal(patternMatcher("caf\udce9")("caf\udce9"), true);
    assert.equal(patternMatcher("caf\udce9")("caf\udcea"), false);
    assert.equal(patternMatcher("a?b")("a\udcffb"), true);
    assert.equal(patternMatcher("a?b")("a\udcff\udcfeb"), false);
    assert.equal(patternMatcher("*.txt")("\udce9t\udce9.txt"), true);
  });
});

describe("an ignore file", () => {
  it("has comments, empty lines, spaces and line ends that are no patterns", () => {
    const lines = "\uFEFFdocs  \r\n# no\n\n  \n\t*.md\n";
    assert.deepEqual(
      ["docs", "a.md", "# no", "a.py"].map((path) => ignores(lines, path)),
      [true, true, false, false],
    );
    assert.equal(ignores(" #a", "#a"), true, "a comment starts at the line's start");
    assert.equal(ignores("\u0085docs\u00a0", "docs"), true, "spaces are Unicode's");
    assert.equal(ignores("/ docs", "docs"), true, "and go twice");
    assert.equal(ignores("docs\n/!docs", "docs"), false, "as an exception is looked for twice");
  });

  it("has paths from its folder, however they are written", () => {
    for (const line of ["/docs", "docs/", "./docs", "docs/.", "x/../docs", "/docs//"]) {
      assert.equal(ignores(line, "docs"), true, line);
      assert.equal(ignores(line, "docs/a/b"), true, line);
      assert.equal(ignores(line, "site/docs"), false, line);
    }
    for (const line of [".", "/", "../docs"]) assert.equal(ignores(line, "docs"), false, line);
  });

  it("lets the last pattern decide that matches", () => {
    for (const lines of ["*.md\n!README*.md\nREADME-secret.md", "*.md\nREADME-secret.md\n!README-a.md"])
      assert.deepEqual(
        ["README-secret.md", "README-a.md", "x.md"].map((path) => ignores(lines, path)),
        [true, false, true],
        lines,
      );
    assert.equal(ignores("*.md\nREADME-secret.md\n!README*.md", "README-secret.md"), false);
    assert.equal(ignores("!a.md\n*.md", "a.md"), true);
  });

  it("ignores what lies in an ignored folder, and lets parts of it back in", () => {
    assert.equal(ignores("docs\n!docs/keep", "docs/a"), true);
    assert.equal(ignores("docs\n!docs/keep", "docs/keep"), false);
    assert.equal(ignores("docs\n!docs/keep", "docs/keep/deep/a"), false);
    assert.equal(ignores("docs\n!docs/keep\ndocs/keep/deep", "docs/keep/deep/a"), true);
    assert.equal(ignores("**\n!site", "site/urls.py"), false);
    assert.equal(ignores("**\n!site\nsite/a", "site/a"), true);
    assert.equal(ignores("*\n!*.py", "site/urls.py"), true);
    assert.equal(ignores("*\n!**/*.py", "site/urls.py"), false);
  });

  it("is refused with the line that is not valid", () => {
    assert.throws(() => new IgnoreRules("docs\n[\n"), /has a pattern that is not valid: \[/);
    for (const lines of ["!", "! ", "!/", "!/a/.."])
      assert.throws(() => new IgnoreRules(lines), /a line with a lone `!`/);
  });

  it("tells which ignored folders an exception may reach into", () => {
    const reached = (lines: string, folder: string): boolean => new IgnoreRules(lines).mayLetInBelow(folder);
    assert.equal(reached("media\n*.md", "media"), false);
    assert.equal(reached("media\n!docs/keep.md", "media"), false);
    assert.equal(reached("*\n!docs/a/keep.md", "docs"), true);
    assert.equal(reached("*\n!docs/a/keep.md", "docs/a"), true);
    assert.equal(reached("*\n!docs/a/keep.md", "docs/b"), false);
    assert.equal(reached("*\n!docs", "docs-old"), false);
    assert.equal(reached("*\n!docs/*.md", "docs/deep"), true);
    assert.equal(reached("*\n!docs/*.md", "media"), false);
    assert.equal(reached("*\n!**/keep", "media"), true);
    assert.equal(reached("*\n!medi?", "media"), true);
    assert.equal(reached("*\n!a|b*", "media"), true);
    assert.equal(reached("*\n!a/*/**", "a"), true);
    assert.equal(reached("*\n!a/*/**", "a/b"), false);
  });

  it("agrees with itself on every folder that need not be entered", () => {
    const parts = ["a", "b", "*", "**", "a*", "?", "[ab]", "^b"];
    const names = ["a", "b", "ab"];
    const paths = names.flatMap((one) => [
      one,
      ...names.flatMap((two) => [`${one}/${two}`, ...names.map((three) => `${one}/${two}/${three}`)]),
    ]);
    for (const first of parts)
      for (const second of parts)
        for (const exception of [`${first}/${second}`, `${second}`, `a/${first}/${second}`]) {
          // BuildKit passes a folder that such a one reaches into.
          if (exception.endsWith("*/**")) continue;
          const rules = new IgnoreRules(`${first}\n!${exception}`);
          for (const path of paths) {
            const folders = path
              .split("/")
              .slice(0, -1)
              .map((_, index, all) =>
                path
                  .split("/")
                  .slice(0, all.length - index)
                  .join("/"),
              );
            const isPassed = folders.some((folder) => match(rules, folder).isIgnored && !rules.mayLetInBelow(folder));
            if (isPassed) assert.equal(match(rules, path).isIgnored, true, `${first} !${exception} ${path}`);
          }
        }
  });

  it("brings back a folder and what lies in it, in whatever words the folder is named", () => {
    for (const lines of [
      "!.envs",
      "*\n!.envs",
      ".*\n!.envs",
      "**/.*\n!.envs",
      ".envs\n!.envs",
      ".envs/**\n!**/.envs/**",
    ])
      for (const path of [".envs", ".envs/.production", ".envs/.production/.django"])
        if (path !== ".envs" || !lines.includes("**/.envs"))
          assert.equal(ignores(lines, path), false, `${lines} ${path}`);
    assert.equal(ignores("!.envs\n.envs", ".envs/.django"), true);
    assert.equal(ignores("!.envs\n**/.django", ".envs/.django"), true);
  });

  it("knows what an exception names itself", () => {
    const rules = new IgnoreRules("*\n!site/**\n!deploy\n!.env.local\n!**/keys/*.pem\n!.git/HEAD\n!**/*\n!*");
    for (const line of ["!.envs", "!.envs/", "!.envs/**", "!**/.envs", "!.envs/*", "!.envs/**/*", "!.env*"])
      assert.equal(new IgnoreRules(line).asksFor(".envs"), true, line);
    assert.equal(rules.asksFor("site/.env"), false, "everything in a folder is nothing in particular");
    assert.equal(rules.asksFor("deploy/.env"), false, "nor is a folder above");
    assert.equal(rules.asksFor(".env.local"), true);
    assert.equal(rules.asksFor("a/keys/x.pem"), true);
    assert.deepEqual(rules.exceptionsNaming(".git"), ["!.git/HEAD"]);
  });
});
