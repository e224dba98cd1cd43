# Deploys the commit's image at Render and waits until it serves.
image="$IMAGE_REPOSITORY:$CIRCLE_SHA1"
if [ -n "${DELIVERY_HOLD:-}" ]; then
  echo "Deploys are held at $DELIVERY_HOLD. $image is in the registry and does not run."
  circleci-agent step halt
  exit
fi
deploys="${RENDER_BASE_URL:-https://api.render.com}/v1/services/$RENDER_SERVICE_ID/deploys"
deadline=$((SECONDS + ${DEPLOY_SECONDS:-1800}))
fail() {
  echo "$1" >&2
  exit 1
}
pause() { sleep "${POLL_SECONDS:-5}"; }
render() {
  curl --silent --show-error --connect-timeout 10 --max-time 60 --user-agent "${DELIVERY_SENDER:-delivery}" \
    --header "Authorization: Bearer $RENDER_API_KEY" --header 'Content-Type: application/json' "$@"
}
get() {
  local answer
  answer=$(render --fail-with-body --retry 5 --retry-max-time 120 "$1") || fail "Render answered to GET $1: $answer"
  printf '%s' "$answer"
}
# Of the newest deploys those of this commit: what else is deployed meanwhile is not this job's.
own() {
  get "$deploys?limit=100" |
    jq --raw-output --arg tag ":$CIRCLE_SHA1" --arg over "${over:-}" \
      "[.[].deploy | select(.image.ref // \"\" | contains(\$tag)) | select(.id as \$id | \$over | contains(\$id) | not)] | $1"
}
# An earlier run of this job may have deployed the commit. What has ended by now is not what this one waits for.
over=$(own 'map(select(.status | test("^(live|deactivated|canceled)$|failed$")) | .id) | join(" ")')

deploy=''
accepted=''
while [ -z "$deploy" ]; do
  [ "$SECONDS" -lt "$deadline" ] || fail "Render has started no deploy of $image in time. It runs once the deploys before it end."
  if [ -z "$accepted" ]; then
    answer=$(render --write-out '\n%{http_code}' --data "{\"imageUrl\": \"$image\"}" "$deploys" || true)
    code=${answer##*$'\n'}
    case "$code" in
      2*)
        accepted=yes
        deploy=$(printf '%s' "${answer%$'\n'*}" | jq --raw-output '.id? // empty' || true)
        ;;
      # No answer, or none that says whether it was done: the list will tell.
      000 | 429 | 5*) echo "Render answered $code to the deploy of $image." >&2 ;;
      *) fail "Render refused the deploy of $image with $code: ${answer%$'\n'*}" ;;
    esac
  fi
  # A deploy that waits for another one is answered without its id, and may not be listed yet.
  if [ -z "$deploy" ]; then
    deploy=$(own '.[0].id // empty')
    [ -n "$deploy" ] || pause
  fi
done

status=''
while [ "$SECONDS" -lt "$deadline" ]; do
  answer=$(get "$deploys/$deploy")
  status=$(printf '%s' "$answer" | jq --raw-output '.status? // empty' || true)
  case "$status" in
    live)
      echo "Deploy $deploy of $image is live."
      exit
      ;;
    deactivated)
      echo "Deploy $deploy of $image was live. A newer deploy has replaced it since."
      exit
      ;;
    canceled) fail "Deploy $deploy of $image was canceled before it served, by hand or by a newer deploy." ;;
    *failed) fail "Deploy $deploy of $image ended as $status. What ran before still serves; Render's log says why." ;;
    *) pause ;;
  esac
done
fail "Deploy $deploy of $image is still ${status:-unknown} after 30 minutes. Render goes on; its dashboard shows how it ends."
