import assert from "node:assert/strict";
import { APPLICATION } from "./support/configuration.ts";
import { findings, TEAMS, told } from "./support/findings.ts";

/** The line that is to be pasted into settings of these texts, by what it sets. */
function lineFor(setting: string, files: Readonly<Record<string, string>>, dockerfile?: string): string | undefined {
  const { problems, warnings } = findings({ files, ...(dockerfile ? { dockerfile } : {}) });
  const line = new RegExp(` -> Add at its end: ((?:.*; )?${setting} \\S?= .*)$`);
  return told([...problems, ...warnings])
    .map((one) => line.exec(one)?.[1])
    .find((found) => found !== undefined);
}

const STATIC = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\n';

describe("a line to paste into settings", () => {
  const BY_PATH = 'STATIC_ROOT = BASE_DIR / "staticfiles"';
  const BY_ITSELF = 'from pathlib import Path; STATIC_ROOT = Path(__file__).resolve().parent / "staticfiles"';
  const JOINED = 'STATIC_ROOT = os.path.join(BASE_DIR, "staticfiles")';
  const roots: [what: string, settings: string, base: string, expected: string][] = [
    [
      "startproject",
      `from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n${STATIC}`,
      "",
      BY_PATH,
    ],
    ["a module's Path", `BASE_DIR: pathlib.Path = pathlib.Path(__file__).parent\n${STATIC}`, "", BY_PATH],
    ["a text", `import os\nBASE_DIR = os.path.dirname(__file__)\n${STATIC}`, "", JOINED],
    ["environ's own Path", `BASE_DIR = environ.Path(__file__) - 2\n${STATIC}`, "", `import os; ${JOINED}`],
    ["no BASE_DIR", `ROOT_DIR = Path(__file__).parent\n${STATIC}`, "", BY_ITSELF],
    ["all of another file", "from .base import *\n", `BASE_DIR = Path(__file__).parent\n${STATIC}`, BY_PATH],
    [
      "its name from another file",
      "from .base import BASE_DIR\n",
      `BASE_DIR = Path(__file__).parent\n${STATIC}`,
      BY_PATH,
    ],
    [
      "other names of another file",
      "from .base import env\n",
      `BASE_DIR = Path(__file__).parent\n${STATIC}`,
      BY_ITSELF,
    ],
  ];
  for (const [what, settings, base, expected] of roots)
    it(`names a folder that is known there: ${what}`, () => {
      const files = { "config/settings.py": settings, "config/base.py": base };
      assert.equal(lineFor("STATIC_ROOT", files), expected);
    });

  it("ends what it is given for, with a line of imports or without", () => {
    const DJANGO = 'SECRET_KEY = "django-insecure-x"\nDEBUG = True\nALLOWED_HOSTS = []\n';
    const BASES = [
      "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n",
      "import os\nBASE_DIR = os.path.dirname(__file__)\n",
      "",
    ];
    for (const dockerfile of [undefined, TEAMS])
      for (const base of BASES) {
        let text = `${base}${STATIC}${DJANGO}`;
        const found = () => {
          const files = { "config/settings.py": text };
          const { problems, warnings } = findings({ files, ...(dockerfile && { dockerfile }) });
          return [...problems, ...warnings];
        };
        const lines = found().flatMap(({ mend }) => /^Add at its end: (.*)$/.exec(mend)?.[1] ?? []);
        assert.equal(lines.length, dockerfile ? 3 : 4, lines.join("\n"));
        for (const line of lines) {
          const before = found().length;
          text += `${line}\n`;
          assert.equal(found().length, before - 1, line);
        }
      }
  });

  const imports: [settings: string, isThere: boolean][] = [
    ["from pathlib import Path\n", false],
    ["import os.path\n", false],
    ["# import os\n", false],
    ["import os\n", true],
    ["import sys, os\n", true],
    ["import os, sys\n", true],
  ];
  const lines: [setting: string, assignment: string, dockerfile: string | undefined][] = [
    ["SECRET_KEY", 'SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]', undefined],
    [
      "ALLOWED_HOSTS",
      'ALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")',
      undefined,
    ],
    ["ALLOWED_HOSTS", 'ALLOWED_HOSTS += [os.environ.get("RENDER_EXTERNAL_HOSTNAME", "localhost")]', TEAMS],
  ];
  for (const [settings, isThere] of imports)
    it(`imports os unless the file does: ${JSON.stringify(settings)}`, () => {
      for (const [setting, assignment, dockerfile] of lines) {
        const files = { "config/settings.py": `${settings}ALLOWED_HOSTS = []\n` };
        assert.equal(lineFor(setting, files, dockerfile), `${isThere ? "" : "import os; "}${assignment}`);
      }
    });

  it("is not asked for where the settings have it", () => {
    for (const setting of ["STATIC_ROOT", "SECRET_KEY", "ALLOWED_HOSTS"])
      assert.equal(lineFor(setting, APPLICATION), undefined);
  });
});
