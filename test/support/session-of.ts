import type { SessionUpload } from '#schemas/records/session.ts'

/**
 * A small valid session: three tracks of invented names, five minutes each, from `startedAt` on. Other sessions of the
 * same tracks are made by another id.
 */
export function sessionOf(id: string, changes: Partial<SessionUpload> = {}): SessionUpload {
  const startedAt = changes.startedAt ?? '2024-02-14T20:00:00Z'
  const startMs = Date.parse(startedAt)
  return {
    id,
    startedAt,
    tracks: ['Low Tide', 'Paper Lanterns', 'Second Sunrise'].map((title, index) => ({
      id: String(index + 1),
      startedAt: new Date(startMs + index * 300_000).toISOString(),
      playedSeconds: 290,
      tags: { title, artist: 'Harbour Lights', genre: 'House' },
    })),
    ...changes,
  }
}
