/** How the application is served: by which server, as WSGI or ASGI, with which settings. */
import { dirname } from "node:path/posix";
import type { ApplicationFiles } from "./files.ts";
import type { Installed } from "./installed.ts";
import { moduleFile, type SettingsSource, settingsSource } from "./settings-source.ts";

/** What serves it. */
export interface Serving {
  /** Folder of manage.py, from which Python imports; undefined when there is no manage.py. */
  readonly root: string | undefined;
  /** As Gunicorn takes it: `config.wsgi`, or `config.wsgi:app` of another name. */
  readonly wsgiModule: string | undefined;
  /** `config.asgi:application`; undefined when the application is not served as ASGI. */
  readonly asgiModule: string | undefined;
  /** The server among the dependencies that fits; undefined when none does. */
  readonly server: "gunicorn" | "uvicorn" | "daphne" | undefined;
  /** Gunicorn's worker class for ASGI. */
  readonly workerClass: string | undefined;
  /** The settings that the WSGI or ASGI module takes by default. */
  readonly settingsModule: string | undefined;
  readonly settings: SettingsSource;
}

/** A dependency that says that the application is meant to be served as ASGI. */
const FOR_ASGI = ["channels", "daphne", "uvicorn", "uvicorn-worker"];
const DEFAULT_SETTINGS = /DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["']/;

/**
 * Finds it out.
 * @param manage path of manage.py.
 * @param configured the settings that the environment runs with, where they are configured.
 */
export function servingOf(
  files: ApplicationFiles,
  installed: Installed,
  manage: string | undefined,
  configured: string | undefined,
): Serving {
  const root = manage && dirname(manage);
  const base = root ?? ".";
  const ofManage = defaultSettings(files, manage);
  const first = settingsSource(files, base, configured ?? ofManage);
  const wsgi = entry(files, base, first, "wsgi");
  const asgi = FOR_ASGI.some((name) => installed.names.has(name)) ? entry(files, base, first, "asgi") : undefined;
  const settingsModule = defaultSettings(files, (asgi ?? wsgi)?.file);
  return {
    root,
    wsgiModule: wsgi && (wsgi.attribute === "application" ? wsgi.module : `${wsgi.module}:${wsgi.attribute}`),
    asgiModule: asgi && `${asgi.module}:${asgi.attribute}`,
    ...serverAmong(installed, asgi !== undefined),
    settingsModule,
    settings: settingsSource(files, base, configured ?? settingsModule ?? ofManage),
  };
}

function serverAmong({ names }: Installed, isAsgi: boolean): Pick<Serving, "server" | "workerClass"> {
  const none = { workerClass: undefined };
  if (!isAsgi) return { server: names.has("gunicorn") ? "gunicorn" : undefined, ...none };
  // uvicorn's own worker class is deprecated for that of the package uvicorn-worker ("Deployment").
  if (names.has("gunicorn") && names.has("uvicorn-worker"))
    return { server: "gunicorn", workerClass: "uvicorn_worker.UvicornWorker" };
  return { server: (["uvicorn", "daphne"] as const).find((name) => names.has(name)), ...none };
}

interface Entry {
  readonly module: string;
  readonly attribute: string;
  readonly file: string | undefined;
}

/** The module that the settings name as WSGI_APPLICATION or ASGI_APPLICATION, else the one that startproject makes. */
function entry(
  files: ApplicationFiles,
  root: string,
  settings: SettingsSource,
  kind: "wsgi" | "asgi",
): Entry | undefined {
  const named = settings.textOf(`${kind.toUpperCase()}_APPLICATION`);
  const [, module = "", attribute = ""] = /^(.+)\.(\w+)$/.exec(named ?? "") ?? [];
  const file = moduleFile(files, root, module);
  // Channels' own documentation names one that the application's code makes.
  if (file) return { module, attribute, file };
  const prefix = root === "." ? "" : `${root}/`;
  const [path] = files.paths
    .filter((path) => path.startsWith(prefix) && (path.endsWith(`/${kind}.py`) || path === `${prefix}${kind}.py`))
    .sort((one, other) => one.split("/").length - other.split("/").length);
  if (path === undefined) return undefined;
  const found = path.slice(prefix.length, -".py".length).replaceAll("/", ".");
  return { module: found, attribute: "application", file: path };
}

function defaultSettings(files: ApplicationFiles, path: string | undefined): string | undefined {
  return DEFAULT_SETTINGS.exec((path && files.text(path)) ?? "")?.[1];
}
