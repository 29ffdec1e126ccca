// No token is needed: charts are public, and may be read from the pages of every site.
const { TONEARM_URL } = process.env

const answer = await fetch(`${TONEARM_URL}/v1/charts/world/all/latest`)
if (answer.status === 404) console.log('no chart is published yet')
else {
  const { chart, entries } = await answer.json()
  console.log(chart.period, chart.status)
  for (const { rank, track, djs } of entries.slice(0, 10)) console.log(rank, track.artist, '-', track.title, djs)
}
