# Builds the commit's image and pushes it under the commit's name. Options of the build are this script's arguments.
if [ -n "${REGISTRY_USERNAME:-}" ]; then
  printf '%s' "$REGISTRY_PASSWORD" | docker login --username "$REGISTRY_USERNAME" --password-stdin "$REGISTRY"
fi
# Docker's own builder keeps no cache in a registry and builds for one platform at a time. Another builder reaches a
# remote engine, whose certificates are in the environment, by a Docker context only.
case "$*" in
  *--cache-to=* | *--platform?*,*)
    docker context inspect delivery > /dev/null 2>&1 || docker context create delivery
    docker buildx inspect delivery-builder > /dev/null 2>&1 || docker buildx create --name delivery-builder delivery
    set -- --builder delivery-builder "$@"
    ;;
esac
dockerfile="${DOCKERFILE:-Dockerfile}"
prepared=$(mktemp -d)
# Whatever the Dockerfile is, the image knows its release: two lines more than the repository's.
{
  cat "$dockerfile"
  if [ -n "${BUILD_TARGET:-}" ]; then printf '\nFROM %s' "$BUILD_TARGET"; fi
  printf '\nENV SENTRY_RELEASE=%s\n' "$CIRCLE_SHA1"
} > "$prepared/Dockerfile"
# The rules of `pulumi up`. Those of the Dockerfile's own go before those of .dockerignore; without either, a list does.
context="${BUILD_CONTEXT:-.}"
one_a_line() { printf '%s\n' "$1" | tr ' ' '\n'; }
{
  one_a_line "$IGNORE_FIRST"
  if [ -f "$dockerfile.dockerignore" ]; then sed '1s/^\xEF\xBB\xBF//' "$dockerfile.dockerignore"
  elif [ -f "$context/.dockerignore" ]; then sed '1s/^\xEF\xBB\xBF//' "$context/.dockerignore"
  else one_a_line "$IGNORE_BY_DEFAULT"; fi
  printf '\n'
  one_a_line "$IGNORE_LAST"
} > "$prepared/Dockerfile.dockerignore"
docker buildx build --file "$prepared/Dockerfile" --tag "$IMAGE_REPOSITORY:$CIRCLE_SHA1" --push "$@" "$context"
