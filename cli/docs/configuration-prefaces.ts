/** What the schema cannot say of a section of the configuration: how its settings work together. */
export const prefaces: Readonly<Record<string, string>> = {
  delivery:
    "`declares: all` is the whole chain in one stack. `shared` declares what exists once per application, `environment` the rest, on the shared " +
    "parts of the stack that `sharedFrom` names. `asFound` holds what an adopted object has and no other key describes: by the resource's name in the preview, and its " +
    "argument; `null` leaves out an argument that the chain would give. Removing a line lets the chain decide.",
  "delivery:application":
    "Every path starts at the folder of Pulumi.yaml; `path` may be a folder of a larger repository. `settingsModule` is `DJANGO_SETTINGS_MODULE` while the image is built, in the check of the settings, and " +
    "of the running site; without it each takes what its own module names by default.",
  "delivery:repository":
    "`bypass` has to hold whoever the chain commits as, or it could not write its own files. A private repository of a free account has no " +
    "rulesets: `ruleset: off`. Only with `pipelineFile: managed` the chain writes the file and requires its checks; `observed` is for a file that is there: it is compared, with a " +
    "warning when it differs, and never written; `ruleset.requiredChecks` names the checks that it reports. `dockerfile: seeded` writes a first Dockerfile, which is the team's from then on.",
  "delivery:pipeline":
    "By default the jobs are what the team does itself, as its files tell: `lint` with ruff or flake8 where one is configured, `test` with pytest where it is configured, else with " +
    "Django's runner, and `settings`, which is `manage.py check --deploy`; dependencies come with pip, uv, Poetry or Pipenv. `jobs` changes one, leaves it out (`off`), or adds more: each has " +
    "CircleCI's `steps`, a step is a command or a map of `name` and `command`. `services` run beside the jobs; Postgres and Redis are told to the application as `DATABASE_URL` and `REDIS_URL`. " +
    "`pythonVersion` is by default the Dockerfile's; another one is built into the image as well, where the Dockerfile takes it as `PYTHON_IMAGE`. " +
    "`variables` are throw-away values with which the settings load; they stand in the repository, so no secret belongs there. " +
    "`context` is by default the application's and the environment's name. `restrictContext` takes the token of an administrator of the organization. With " +
    "`contextVariables: off` the context keeps the variables that it has; else it gets the tokens of whoever runs the engine, or `CI_RENDER_API_KEY` and `CI_SENTRY_AUTH_TOKEN` from the environment. " +
    "The checks that a merge requires take nothing from the context, so they are reported for a fork's pull request as well; what runs with the context " +
    "(`environment-settings`, `deliver`) is left out there, and is no required check. `organization` is spelled as CircleCI and GitHub spell it: capitals count.",
  "delivery:image":
    "`build`: `pulumi up` builds, pushes and deploys. `pinned`: it deploys `tag`, which the registry has. `continuous`: CircleCI builds, pushes and deploys " +
    "each commit of the default branch; `tag` is what a new site starts from, and with `hold` it runs while CircleCI's deploys wait. With the pipeline " +
    "`off`, or a context whose variables are not the chain's, something else deploys. Without " +
    "`dockerfile` the application's own is built, or this project's when it has none. " +
    "This project's Dockerfile is told by build arguments what the application's files say: `PACKAGE_TOOL`, `REQUIREMENTS`, `EXPORT_OPTIONS`, `MANAGE_FOLDER`, `COLLECTSTATIC`, `SERVER`, `WSGI_MODULE`, " +
    "`ASGI_MODULE`, `WORKER_CLASS`; one in `buildArguments` goes before it. `buildVariables` are throw-away values with which the settings load while static files are collected; any " +
    "Dockerfile gets them as the build argument `BUILD_VARIABLES`, if it declares it, as assignments of the shell. Render pulls with `username` and `password` unless `pull` is another login, " +
    "as for Amazon ECR, whose login to push ends after twelve hours; with `pull: off` the image is public. For a private image Render takes a login at Docker Hub, GitHub, " +
    "GitLab.com, Google Artifact Registry and Amazon ECR only.",
  "delivery:errors": "Team and project have by default the application's name.",
  "delivery:site":
    "The service has by default the application's and the environment's name. `secretKey`: Render makes one (`generate`), an adopted site keeps its own " +
    "(`keep`), or `secretVariables.DJANGO_SECRET_KEY` holds it (`value`). `hosts` are besides the onrender.com one, which Render itself tells the site. " +
    "`domains` are custom domains: each is added to the service, allowed as a host, and has the records to set in its DNS in the stack's outputs and in the report of an `up`. Render adds " +
    "`www` of an apex by itself, and the reverse, and redirects it. " +
    "With a `disk` the site has one instance and stops for a moment with each deploy; the disk is never replaced or made smaller, which is refused. With `autoscaling` Render chooses the " +
    "number of `instances`.",
  "delivery:database":
    "A Postgres at Render for the environment's site, in its workspace, region and Render environment; `off` unless it is mentioned. The site is told its internal address as `DATABASE_URL`, " +
    "and `site.preDeployCommand` is by default `python manage.py migrate --noinput`, but for a free site, which runs none. The pipeline's checks have a Postgres of the same major version beside them, unless " +
    "`pipeline.services` names one. The database has by default the application's and the environment's name. Addresses of `allow` reach it from outside of Render; nobody does by default. " +
    "In a stack that declares `shared`, only the version counts: for the pipeline. A database elsewhere is told by `secretVariables.DATABASE_URL` instead.",
  "delivery:cache":
    "A key value store at Render (Valkey, for whatever speaks to Redis) for the environment's site, in its workspace, region and Render environment; `off` unless it is mentioned. The site is told its internal " +
    "address as `REDIS_URL`, and the pipeline's checks have a Redis beside them, unless `pipeline.services` names one. When its memory is full it drops the keys that `evictionPolicy` says; a queue of tasks, such as Celery's, takes " +
    "`noeviction`. `persistence` is for paid plans, by default a journal and snapshots; changed to or from `off`, the cache loses what is in it, as it does with another region. It has by default the application's and the environment's name. " +
    "A cache elsewhere is told by `secretVariables.REDIS_URL` instead: docs/cache.md.",
  environment:
    "Tokens, and addresses of other installations (`GITHUB_BASE_URL`, `CIRCLE_BASE_URL`, `SENTRY_BASE_URL`, `RENDER_BASE_URL`), come from the environment of whoever " +
    "runs the engine. In the stack's file they would be copied into the state, and outlive a rotation there.",
};
