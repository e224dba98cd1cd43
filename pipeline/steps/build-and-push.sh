# Builds the commit's image and pushes it under the commit's name. Options of the build are this script's arguments.
if [ -n "${REGISTRY_USERNAME:-}" ]; then
  printf '%s' "$REGISTRY_PASSWORD" | docker login --username "$REGISTRY_USERNAME" --password-stdin "$REGISTRY"
fi
# Docker's own builder keeps no cache in a registry.
docker buildx create --use
# Whatever the Dockerfile is, the image knows its release: two lines more than the repository's.
{
  cat Dockerfile
  if [ -n "${BUILD_TARGET:-}" ]; then printf '\nFROM %s' "$BUILD_TARGET"; fi
  printf '\nENV SENTRY_RELEASE=%s\n' "$CIRCLE_SHA1"
} | docker buildx build --file - --tag "$IMAGE_REPOSITORY:$CIRCLE_SHA1" --push "$@" .
