# Tells Sentry of the release and where it runs, once it serves.
address="${SENTRY_BASE_URL:-https://sentry.io}"
address="${address%/}"
releases="${address%/api}/api/0/organizations/$SENTRY_ORG/releases/"
sentry() {
  local answer
  answer=$(curl --fail-with-body --silent --show-error --connect-timeout 10 --max-time 60 --retry 5 --retry-max-time 120 \
    --user-agent "${DELIVERY_SENDER:-delivery}" --header "Authorization: Bearer $SENTRY_AUTH_TOKEN" \
    --header 'Content-Type: application/json' --data "$@") || {
    echo "Sentry did not register the release $CIRCLE_SHA1: $answer" >&2
    exit 1
  }
}
sentry "{\"version\": \"$CIRCLE_SHA1\", \"projects\": [\"$SENTRY_PROJECT\"]}" "$releases"
sentry "{\"environment\": \"$SENTRY_ENVIRONMENT\"}" "$releases$CIRCLE_SHA1/deploys/"
