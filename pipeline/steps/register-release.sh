# Tells Sentry of the release and where it runs, once it serves.
releases="${SENTRY_BASE_URL:-https://sentry.io}/api/0/organizations/$SENTRY_ORG/releases/"
sentry() {
  curl --fail-with-body --silent --show-error --retry 5 --output /dev/null \
    --header "Authorization: Bearer $SENTRY_AUTH_TOKEN" --header 'Content-Type: application/json' --data "$@"
}
sentry "{\"version\": \"$CIRCLE_SHA1\", \"projects\": [\"$SENTRY_PROJECT\"]}" "$releases"
sentry "{\"environment\": \"$SENTRY_ENVIRONMENT\"}" "$releases$CIRCLE_SHA1/deploys/"
