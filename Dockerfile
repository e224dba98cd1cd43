# The image of a Django application: give the application's folder as the build context.
#
# The build arguments say how the application is installed and served. The delivery program reads that from the
# application's files and passes what differs from the defaults here; `docker build --build-arg` does so by hand.
# It keeps to what BuildKit of Docker 20.10 and buildah understand: no syntax line, here-documents or linked copies.

ARG PYTHON_IMAGE=python:3.12.12-slim-bookworm

# Every package tool's lock file becomes requirements with hashes, which pip installs. So the two optional build secrets,
# pip's configuration and the certificate authorities of the building machine, are enough to reach the package index for
# all of them, and no tool gets into the image. Indexes of one's own are named in pip's configuration.
FROM ${PYTHON_IMAGE} AS requirements

# pip (of REQUIREMENTS), pyproject (its list of dependencies, without a lock file), uv, poetry or pipenv.
ARG PACKAGE_TOOL=pip
ARG UV="uv==0.13.9"
ARG POETRY="poetry==2.5.1 poetry-plugin-export==1.10.1"
ARG PIPENV="pipenv==2026.10.3"
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=secret,id=pip_conf,target=/etc/pip.conf \
    --mount=type=secret,id=ca_certs,target=/etc/ssl/certs/ca-certificates.crt \
    case "$PACKAGE_TOOL" in \
      uv) tool="$UV" ;; \
      poetry) tool="$POETRY" ;; \
      pipenv) tool="$PIPENV" ;; \
      *) exit 0 ;; \
    esac; \
    pip install --root-user-action=ignore --disable-pip-version-check $tool

WORKDIR /application
COPY . ./
# Of several requirements files each is named: "requirements/base.txt requirements/production.txt".
ARG REQUIREMENTS=requirements.txt
# More words for the tool's export: "--group production" of uv, "--with production" of Poetry.
ARG EXPORT_OPTIONS=""
# A commit of git has no hash, and pip takes all with a hash or none: so those are requirements of their own.
RUN mkdir /requirements \
    && case "$PACKAGE_TOOL" in \
      uv) uv export --frozen --no-dev --no-emit-project --no-header --quiet $EXPORT_OPTIONS \
            --output-file /requirements/all.txt ;; \
      poetry) poetry export --without-urls $EXPORT_OPTIONS --output /requirements/all.txt ;; \
      pipenv) pipenv requirements --hash --exclude-index $EXPORT_OPTIONS > /requirements/all.txt ;; \
      pyproject) python -c "import importlib, sys; \
toml = importlib.import_module('tomllib' if sys.version_info >= (3, 11) else 'pip._vendor.tomli'); \
print(*toml.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > /requirements/all.txt ;; \
      pip) find . -maxdepth 3 \( -name '*.txt' -o -name '*.in' \) -exec cp --parents {} /requirements/ \; \
            && for file in $REQUIREMENTS; do \
              if [ ! -f "$file" ]; then \
                echo "There is no $file. Name the requirements files in REQUIREMENTS, or the tool in PACKAGE_TOOL." >&2; \
                exit 1; \
              fi; \
              echo "--requirement $file" >> /requirements/all.txt; \
            done ;; \
      *) echo "PACKAGE_TOOL is pip, pyproject, uv, poetry or pipenv, not $PACKAGE_TOOL." >&2; exit 1 ;; \
    esac \
    && touch /requirements/by-git.txt \
    && if grep -q -e --hash= /requirements/all.txt; then \
      sed -n '/git+/p' /requirements/all.txt > /requirements/by-git.txt \
      && sed -i '/git+/d' /requirements/all.txt; \
    fi

FROM ${PYTHON_IMAGE}

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore

RUN useradd --uid 10001 --user-group --create-home --shell /usr/sbin/nologin app

# Dependencies change less often than code, so they are a layer of their own, built anew when the requirements differ.
COPY --from=requirements /requirements /opt/requirements
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=secret,id=pip_conf,target=/etc/pip.conf \
    --mount=type=secret,id=ca_certs,target=/etc/ssl/certs/ca-certificates.crt \
    pip install --requirement /opt/requirements/all.txt \
    && if [ -s /opt/requirements/by-git.txt ]; then \
      pip install --no-deps --requirement /opt/requirements/by-git.txt; \
    fi

WORKDIR /app
COPY . ./

# Where manage.py is.
ARG MANAGE_FOLDER=.
WORKDIR /app/${MANAGE_FOLDER}

# Collecting needs settings that load, not real ones: the key exists in this one command and in no layer. So do the
# values of BUILD_VARIABLES, written as the shell takes them: "DATABASE_URL=sqlite:// GREETING='two words'". They are no
# secrets: the image's history shows them.
ARG COLLECTSTATIC=on
ARG DJANGO_SETTINGS_MODULE
ARG BUILD_VARIABLES=""
RUN if [ "$COLLECTSTATIC" = on ]; then \
      key="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" || exit; \
      set -a; DJANGO_SECRET_KEY="$key"; SECRET_KEY="$key"; eval "$BUILD_VARIABLES"; set +a; \
      python manage.py collectstatic --noinput; \
    fi

# gunicorn serves WSGI_MODULE, or ASGI_MODULE with WORKER_CLASS; uvicorn and daphne serve ASGI_MODULE.
ARG SERVER=gunicorn
ARG WSGI_MODULE=config.wsgi
ARG ASGI_MODULE=""
ARG WORKER_CLASS=""
ARG HEALTH_PATH=/healthz/
ARG PORT=8000
ENV SERVER=${SERVER} \
    WSGI_MODULE=${WSGI_MODULE} \
    ASGI_MODULE=${ASGI_MODULE} \
    WORKER_CLASS=${WORKER_CLASS} \
    HEALTH_PATH=${HEALTH_PATH} \
    PORT=${PORT}

USER app
EXPOSE ${PORT}

# Whatever the application answers below 500 shows that it serves; the header keeps it from redirecting to HTTPS.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys; \
site = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
site.request('GET', os.environ['HEALTH_PATH'], headers={'X-Forwarded-Proto': 'https'}); \
sys.exit(site.getresponse().status >= 500)"]

# Render's name for the site is known only when it starts, and its health check asks by that name. The shell then becomes
# the server, which so receives the signal to stop. Without --bind Gunicorn listens on 0.0.0.0:$PORT, and GUNICORN_CMD_ARGS
# or a gunicorn.conf.py can say otherwise; the others listen on LISTEN_ADDRESS.
CMD ["sh", "-c", "\
if [ -n \"$RENDER_EXTERNAL_HOSTNAME\" ]; then \
  export DJANGO_ALLOWED_HOSTS=\"${DJANGO_ALLOWED_HOSTS:+$DJANGO_ALLOWED_HOSTS,}$RENDER_EXTERNAL_HOSTNAME\"; \
fi; \
case \"$SERVER\" in \
  uvicorn) exec uvicorn --host \"${LISTEN_ADDRESS:-0.0.0.0}\" --port \"$PORT\" \"$ASGI_MODULE\" ;; \
  daphne) exec daphne --bind \"${LISTEN_ADDRESS:-0.0.0.0}\" --port \"$PORT\" \"$ASGI_MODULE\" ;; \
  *) exec gunicorn --access-logfile - --worker-tmp-dir /dev/shm \
       ${WORKER_CLASS:+--worker-class \"$WORKER_CLASS\"} \"${ASGI_MODULE:-$WSGI_MODULE}\" ;; \
esac"]
