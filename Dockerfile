# The image of a Django application: give the application's folder as the build context.
#
# The folder holds manage.py and a requirements.txt that names gunicorn. Build arguments say what differs:
# the base image, the WSGI module and the path that the health check asks for.
# It keeps to what BuildKit of Docker 20.10 and buildah understand: no syntax line, here-documents or linked copies.

ARG PYTHON_IMAGE=python:3.12.12-slim-bookworm
FROM ${PYTHON_IMAGE}

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore

RUN useradd --uid 10001 --user-group --create-home --shell /usr/sbin/nologin app
WORKDIR /app

# Dependencies change less often than code, so they are a layer of their own. Two optional build secrets make pip reach
# the package index as the building machine does: its pip configuration and its certificate authorities.
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=secret,id=pip_conf,target=/etc/pip.conf \
    --mount=type=secret,id=ca_certs,target=/etc/ssl/certs/ca-certificates.crt \
    pip install --requirement requirements.txt

COPY . ./

# Collecting needs settings that load, not real ones: the key exists in this one command and in no layer.
RUN key="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    && DJANGO_SECRET_KEY="$key" SECRET_KEY="$key" python manage.py collectstatic --noinput

ARG WSGI_MODULE=config.wsgi
ARG HEALTH_PATH=/healthz/
ENV WSGI_MODULE=${WSGI_MODULE} \
    HEALTH_PATH=${HEALTH_PATH} \
    PORT=8000

USER app
EXPOSE 8000

# Whatever the application answers below 500 shows that it serves; the header keeps it from redirecting to HTTPS.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys; \
site = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
site.request('GET', os.environ['HEALTH_PATH'], headers={'X-Forwarded-Proto': 'https'}); \
sys.exit(site.getresponse().status >= 500)"]

# Without --bind Gunicorn listens on 0.0.0.0:$PORT, and GUNICORN_CMD_ARGS or a gunicorn.conf.py can say otherwise.
# The shell reads WSGI_MODULE, then becomes Gunicorn, which so receives the signal to stop.
CMD ["sh", "-c", "exec gunicorn --access-logfile - --worker-tmp-dir /dev/shm \"$WSGI_MODULE\""]
