/**
 * Texts that DJ software or DJs put where they know no artist or title.
 * @module
 */

const placeholders: ReadonlySet<string> = new Set([
  'id',
  'tba',
  'tbc',
  'n/a',
  'n.a.',
  'na',
  'null',
  'none',
  'nil',
  'undefined',
  '-',
  '?',
  'unk',
  'unk.',
  'unknown',
  'unknown artist',
  'unknown title',
  'unknown track',
  'unknown song',
  'unknown album',
  'untitled',
  'untitled track',
  'no title',
  'no artist',
  'no name',
  'audio input',
  'line in',
  'aux',
  'microphone',
  'new track',
  'unbekannt',
  'unbekannter interpret',
  'unbekannter kunstler',
  'artiste inconnu',
  'artista desconocido',
  'desconocido',
  'desconhecido',
  'artista desconhecido',
  'inconnu',
  'artista sconosciuto',
  'sconosciuto',
])

/** They name nobody, yet are no placeholder of a title. */
const manyArtists =
  /^(?:various|various artists?|v\.?a\.?|varios artistas|diverse interpreten|verschiedene interpreten|artistes divers|artisti vari)(?: \(.*\))?$/

const numberedTrack =
  /^(?:audio ?)?(?:track|title|titel|piste|pista|traccia|faixa|spar|spor|raita|utwor|sciezka|трек|дорожка|トラック|曲目|untitled track|unknown track) ?[#-]? ?\d{1,3}$/

/** Whether a plain text stands for a title or an artist that nobody knew. */
export function isPlaceholder(plain: string): boolean {
  const text = plain.replace(/^[\s([{<"'*]+|[\s)\]}>"'*]+$/g, '')
  return placeholders.has(text) || numberedTrack.test(text)
}

/** Whether a plain text names no artist: a placeholder, or many. */
export function isNobody(plain: string): boolean {
  return isPlaceholder(plain) || manyArtists.test(plain)
}
