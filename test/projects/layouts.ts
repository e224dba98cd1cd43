/** The projects of this folder: what a team would set for each, and how its lock file is made. */

/** A project as its makers have it. */
export interface Layout {
  /** Its folder below this one, and the application's name. */
  readonly name: string;
  /** The Django project's folder in the repository. */
  readonly path?: string;
  /** Makes the lock file that the repository would hold. */
  readonly lock?: readonly string[];
  /** Files that lie in a checkout and that git ignores, by path. */
  readonly ignored?: Readonly<Record<string, string>>;
  readonly healthCheckPath: string;
  /** Settings of its stack besides those that every stack needs, by the key below `delivery:`. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The jobs that its pipeline has. */
  readonly jobs: readonly string[];
}

const JOBS = ["test", "settings"];
/** Values with which cookiecutter-django's settings load. They open nothing. */
const THROW_AWAY = { DATABASE_URL: "sqlite:///db.sqlite3", MAIL_PASSWORD: "only-for-tests" };

/** All of them. */
export const layouts: readonly Layout[] = [
  { name: "startproject", healthCheckPath: "/", jobs: JOBS },
  { name: "uv", lock: ["uv", "lock"], healthCheckPath: "/healthz/", jobs: ["lint", ...JOBS] },
  { name: "poetry", lock: ["poetry", "lock"], healthCheckPath: "/healthz/", jobs: ["lint", ...JOBS] },
  {
    name: "cookiecutter",
    ignored: { ".envs/.production/.django": "MAIL_PASSWORD=the-real-one\n", ".env": "USER=me\n" },
    healthCheckPath: "/healthz/",
    settings: {
      application: { settingsModule: "config.settings.production" },
      image: { buildVariables: THROW_AWAY },
      pipeline: { services: { postgres: "17.5" }, variables: { MAIL_PASSWORD: THROW_AWAY.MAIL_PASSWORD } },
      site: { variables: { DJANGO_SECURE_SSL_REDIRECT: "true" } },
      secretVariables: { DATABASE_URL: "sqlite:////tmp/db.sqlite3", MAIL_PASSWORD: "the-real-one" },
    },
    jobs: ["lint", ...JOBS],
  },
  { name: "monorepo", path: "backend", lock: ["pipenv", "lock"], healthCheckPath: "/api/health", jobs: JOBS },
  { name: "channels", healthCheckPath: "/healthz/", jobs: JOBS },
];
