/**
 * Regions, genres and periods in the words of a language, and the addresses of charts and tracks.
 * @module
 */
import type { Locale } from '#platform/pages/locale.ts'
import { genreName, genreOfScene } from '#rules/genres/genre-name.ts'
import { type Period, parsePeriod } from '#rules/periods.ts'
import { regionNameIn } from '#rules/region-names.ts'

export interface Names {
  region(code: string): string
  /** `drum-and-bass` → `Drum and bass`, `scene-house` → `House scene`. */
  genre(genre: string): string
  /** `House, New Zealand`. */
  chart(region: string, genre: string): string
  /** `2026-W07` → `Week 7 of 2026`, `2026-02` → `February 2026`. The name itself where it is no period. */
  period(name: string): string
  /** First and last day: `9–15 February 2026`, UTC. */
  periodDates(period: Period): string
}

export function namesIn({ language, texts, formats }: Locale): Names {
  const region = (code: string) => regionNameIn(language, code)
  const genre = (slug: string) => {
    if (slug === 'all') return texts.chart.allGenres
    const scene = genreOfScene(slug)
    return scene === undefined ? genreName(slug) : texts.chart.scene(genreName(scene))
  }
  return {
    region,
    genre,
    chart: (regionCode, slug) => texts.chart.title(genre(slug), region(regionCode)),
    period(name) {
      const period = parsePeriod(name)
      if (period?.kind === 'week') return texts.chart.week(Number(name.slice(-2)), name.slice(0, 4))
      return period?.kind === 'month' ? formats.month(period.startMs) : name
    },
    periodDates: ({ startMs, endMs }) => formats.dateRange(startMs, endMs - 1),
  }
}

export function chartPath(region: string, genre: string, period: string): string {
  return `/charts/${[region, genre, period].map(encodeURIComponent).join('/')}`
}

export function playlistPath(publicId: string): string {
  return `/playlists/${encodeURIComponent(publicId)}`
}

export function trackPath(trackId: string): string {
  return `/tracks/${encodeURIComponent(trackId)}`
}
