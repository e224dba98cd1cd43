# Deploys the commit's image at Render and waits until it serves.
image="$IMAGE_REPOSITORY:$CIRCLE_SHA1"
if [ -n "${DELIVERY_HOLD:-}" ]; then
  echo "Deploys are held at $DELIVERY_HOLD. $image is in the registry and does not run."
  circleci-agent step halt
  exit
fi
deploys="${RENDER_BASE_URL:-https://api.render.com}/v1/services/$RENDER_SERVICE_ID/deploys"
render() {
  curl --fail-with-body --silent --show-error \
    --header "Authorization: Bearer $RENDER_API_KEY" --header 'Content-Type: application/json' "$@"
}
deploy=$(render --data "{\"imageUrl\": \"$image\"}" "$deploys" | jq --raw-output '.id // empty')
# A deploy that waits for another one is answered without its id.
if [ -z "$deploy" ]; then
  deploy=$(render --retry 5 "$deploys?limit=1" | jq --raw-output '.[0].deploy.id')
fi
deadline=$((SECONDS + 1800))
while [ "$SECONDS" -lt "$deadline" ]; do
  status=$(render --retry 5 "$deploys/$deploy" | jq --raw-output .status)
  case "$status" in
    live)
      echo "Deploy $deploy of $image is live."
      exit
      ;;
    created | queued | build_in_progress | pre_deploy_in_progress | update_in_progress)
      sleep "${POLL_SECONDS:-5}"
      ;;
    *)
      echo "Deploy $deploy of $image ended as $status. What ran before still serves; Render's log says why." >&2
      exit 1
      ;;
  esac
done
echo "Deploy $deploy of $image is still $status after 30 minutes. Render goes on; its dashboard shows how it ends." >&2
exit 1
