# What was accepted shows here within seconds: each session with its key, and whether it is public.
curl --silent --show-error --fail-with-body \
  --header "Authorization: Bearer $TONEARM_TOKEN" \
  "$TONEARM_URL/v1/me/sessions?limit=10"
