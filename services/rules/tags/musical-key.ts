/**
 * Musical keys in the notations of DJ software and of people, to one.
 *
 * Read are Camelot (`8A`, `08a`), Open Key (`1m`, `12d`), the classical notations (`Ebm`, `D#min`, `E flat minor`), the
 * German one (`H`, `fis-Moll`, `Des-Dur`), and several of them side by side where they say the same (`Am (8A)`, `F#/Gb`).
 * Camelot is the wheel of Mixed In Key; Open Key is that of Beatunes and Traktor, whose 1 is Camelot's 8.
 * @module
 */

export interface MusicalKey {
  /** Tonic and `m` for minor, with the fewer accidentals of the two spellings: `Ebm`, `F#`, `C#m`. */
  readonly name: string
  /** The place on Camelot's wheel, `1A` to `12B`; `A` is minor. */
  readonly camelot: string
}

/** No key is longer, and a text as long as a tag may be is not worth reading. */
const TEXT_LENGTH_MAX = 60

/** From C upwards in semitones. Of the spellings with six accidentals each, `F#` and `Ebm` are what DJ software writes. */
const majorNames = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']
const minorNames = ['Cm', 'C#m', 'Dm', 'Ebm', 'Em', 'Fm', 'F#m', 'Gm', 'G#m', 'Am', 'Bbm', 'Bm']

const majorKeys = majorNames.map((name, pitch) => ({ name, camelot: `${camelotNumber(pitch)}B` }))
// A minor key stands on the wheel beside the major key three semitones above it, which has the same accidentals.
const minorKeys = minorNames.map((name, pitch) => ({ name, camelot: `${camelotNumber(pitch + 3)}A` }))

/** All keys: twelve major ones from C upwards, then twelve minor ones. */
export const musicalKeys: readonly MusicalKey[] = [...majorKeys, ...minorKeys]

const byCamelot = new Map(musicalKeys.map((key) => [key.camelot, key]))

const pitchOfLetter: ReadonlyMap<string, number> = new Map(
  Object.entries({ C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11, H: 11 }),
)

/** What stands between two notations of one key. A hyphen does so only between blanks: `fis-Moll` is one. */
const separators = /[/,;|()[\]]|\s[-–—]\s/

const WHEEL = /^0?(\d{1,2})\s?([abdm])$/i

/** Tonic, accidental, mode. A lone `M` is left out: it is major to musicians, and minor to who types in capitals. */
const CLASSICAL =
  /^(?<tonic>[a-h])(?<accidental>#|b|[\s-]?sharp|[\s-]?flat|is|es)?(?:[\s-]*(?<mode>m|min\.?|minor|moll|maj\.?|major|dur))?$/i

/** German shortens `Aes` and `Ees`. */
const GERMAN_FLAT = /^([ae])s(?!harp)/i

/**
 * The key that a text names; `undefined` where it names none, or more than one. Never throws.
 *
 * A tonic in lower case with no mode (`a`) is none: it is minor in German and a careless major elsewhere. `B` is the
 * English one, and the German one (English `Bb`) only before `Dur` or `Moll`.
 */
export function readMusicalKey(text: string): MusicalKey | undefined {
  if (text.length > TEXT_LENGTH_MAX) return undefined
  const parts = text.normalize('NFKC').replace(/♭/g, 'b').replace(/♯/g, '#').split(separators)
  const named = parts.map((part) => part.trim()).filter((part) => part !== '')
  const [first, ...others] = named.map(readOne)
  return others.every((other) => other === first) ? first : undefined
}

function readOne(text: string): MusicalKey | undefined {
  const [, number, letter] = WHEEL.exec(text) ?? []
  if (number !== undefined && letter !== undefined) return readWheel(Number(number), letter.toLowerCase())

  const { tonic, accidental, mode } = CLASSICAL.exec(text.replace(GERMAN_FLAT, '$1es'))?.groups ?? {}
  const natural = pitchOfLetter.get(tonic?.toUpperCase() ?? '')
  if (tonic === undefined || natural === undefined || mode === 'M') return undefined
  if (mode === undefined && tonic !== tonic.toUpperCase()) return undefined
  const isGermanB = tonic.toUpperCase() === 'B' && accidental === undefined && /^(?:dur|moll)$/i.test(mode ?? '')
  const pitch = (natural + shiftOf(accidental) - (isGermanB ? 1 : 0) + 12) % 12
  return (/^m(?!aj)/i.test(mode ?? '') ? minorKeys : majorKeys)[pitch]
}

function readWheel(number: number, letter: string): MusicalKey | undefined {
  if (letter === 'a' || letter === 'b') return byCamelot.get(`${number}${letter.toUpperCase()}`)
  if (number < 1 || number > 12) return undefined
  return byCamelot.get(`${((number + 6) % 12) + 1}${letter === 'm' ? 'A' : 'B'}`)
}

/** Semitones up or down. */
function shiftOf(accidental: string | undefined): number {
  if (accidental === undefined) return 0
  return /#|sharp|is/i.test(accidental) ? 1 : -1
}

/** Neighbours on the wheel lie a fifth, seven semitones, apart; C is 8. */
function camelotNumber(majorPitch: number): number {
  return ((majorPitch * 7 + 7) % 12) + 1
}
