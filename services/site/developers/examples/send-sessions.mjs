// Node.js 20. TONEARM_URL is the address of the service, TONEARM_TOKEN the bearer token of the DJ's account.
const { TONEARM_URL, TONEARM_TOKEN } = process.env

const sessions = [
  {
    id: '87',
    historyId: '5f8a1c52-0b9e-4b6a-9a3e-2f1d6c7b8a90',
    software: { name: 'Example DJ', version: '1.0' },
    startedAt: '2026-02-14T20:00:00+13:00',
    tracks: [{ id: '1', startedAt: '2026-02-14T20:01:00+13:00', tags: { title: 'Glue', artist: 'Bicep' } }],
  },
]

// Sending a session again replaces it whole, so a request of which the answer got lost is simply sent again.
async function send(triesLeft = 5) {
  const answer = await fetch(`${TONEARM_URL}/v1/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TONEARM_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sessions }),
  })
  if ((answer.status === 429 || answer.status === 503) && triesLeft > 0) {
    const seconds = Number(answer.headers.get('retry-after') ?? 5)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    return send(triesLeft - 1)
  }
  return { status: answer.status, body: await answer.json() }
}

const { status, body } = await send()
console.log(status)
for (const { id, warnings = [] } of body.accepted ?? []) console.log(`accepted ${id}`, ...warnings)
for (const { id, code, detail } of body.rejected ?? []) console.log(`rejected ${id}: ${code}. ${detail}`)
