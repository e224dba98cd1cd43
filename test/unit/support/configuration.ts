/** A whole, valid configuration to vary in tests, with an application in a temporary folder. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Configuration } from "../../../infra/config.ts";
import { loadConfiguration } from "../../../infra/load-configuration.ts";
import { type MockEngineOptions, mockEngine } from "./mock-engine.ts";

/**
 * The files of a small Django site, which this project's Dockerfile can build. One of them names the process: a context is
 * staged in a folder that its content names, and another test process would remove the same one.
 */
export const APPLICATION: Readonly<Record<string, string>> = {
  "manage.py": `# Process ${process.pid}\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n`,
  "requirements.txt": "django\ngunicorn\n",
  "config/settings.py":
    'SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", "").split(",")\n' +
    'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "staticfiles"\n',
  "config/wsgi.py": 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n',
};

/** Files by path, in a folder. */
export function inFolder(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
}

/** Tokens of every part. */
export const tokens = { GITHUB_TOKEN: "g", CIRCLE_TOKEN: "c", SENTRY_AUTH_TOKEN: "s", RENDER_API_KEY: "r" };

/** A configuration by full key that is accepted when `folder` holds an application. */
export function validConfig(folder: string): Record<string, unknown> {
  return {
    "github:owner": "acme",
    "delivery:application": { name: "site", path: folder },
    "delivery:repository": {},
    "delivery:pipeline": { organization: "gh/acme" },
    "delivery:image": { repository: "acme/site", username: "acme", password: "registry-password" },
    "delivery:errors": { organization: "acme" },
    "delivery:site": { ownerId: "tea-acme", region: "oregon", plan: "starter", healthCheckPath: "/healthz/" },
  };
}

/** The valid configuration with keys replaced or, with undefined, taken away. */
export async function loadWith(
  folder: string,
  changes: Record<string, unknown> = {},
  options: MockEngineOptions & { environment?: NodeJS.ProcessEnv } = {},
): Promise<Configuration> {
  await mockEngine({ ...options, config: { ...validConfig(folder), ...changes } });
  return loadConfiguration(options.environment ?? tokens);
}

/** Makes a folder with these files by path; give it to `removeFolder` afterwards. */
export async function makeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-unit-"));
  await addFiles(folder, files);
  return folder;
}

/** Writes files by path, with the folders that they need. */
export async function addFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** Removes a folder of `makeFolder`. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
