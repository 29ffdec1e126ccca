# TONEARM_URL is the address of the service, TONEARM_TOKEN the bearer token of the DJ's account.
curl --silent --show-error --fail-with-body --retry 5 --retry-max-time 120 \
  --header "Authorization: Bearer $TONEARM_TOKEN" \
  --header "Content-Type: application/json" \
  --data '{
    "id": "86",
    "historyId": "5f8a1c52-0b9e-4b6a-9a3e-2f1d6c7b8a90",
    "software": { "name": "Example DJ", "version": "1.0" },
    "name": "Friday at the harbour",
    "startedAt": "2026-02-13T20:58:00+13:00",
    "tracks": [
      {
        "id": "1",
        "deck": 1,
        "played": true,
        "startedAt": "2026-02-13T21:02:10+13:00",
        "playedSeconds": 291,
        "tags": { "title": "Kerala", "artist": "Bonobo", "bpm": 124.0, "key": "8A" }
      }
    ]
  }' \
  "$TONEARM_URL/v1/sessions"
