/**
 * A tag's text without what only looks different: Unicode forms, invisible and look-alike characters, entities, quotes,
 * case and accents.
 * @module
 */

/** The longest text that identity looks at; the contract leaves out longer tags, this bounds the work for the rest. */
export const TEXT_CHARS_MAX = 1000

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  ndash: '-',
  mdash: '-',
  hellip: '...',
  lsquo: "'",
  rsquo: "'",
  ldquo: '"',
  rdquo: '"',
}

/** Letters that Unicode does not take apart, as they are spelt without their stroke or ligature. */
const foldedLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ё: 'е',
  ς: 'σ',
}

/** Cyrillic and Greek letters that look like Latin ones (from Unicode's confusables.txt, the lower case ones). */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аaеeоoрpсcхxуyіiјjѕsһhԁdԛqԝwкkмmтtвbнhαaοoρpνvιiκkτtυuχx'.matchAll(/(.)(.)/gu)].map(([, from, to]) => [
    from,
    to,
  ]),
)

/** The text that two spellings of the same have in common, in lower case. Doing it twice changes nothing. */
export function plainText(text: string): string {
  let plain = text.slice(0, TEXT_CHARS_MAX)
  // What one round uncovers (an entity in full-width characters), the next one cleans; a round never lengthens for long.
  for (let round = 0; round < 10; round++) {
    const next = cleanOnce(plain)
    if (next === plain) return plain
    plain = next
  }
  return plain
}

function cleanOnce(text: string): string {
  // Nearly all tags are plain ASCII, and most of the work below is for those that are not.
  const isAscii = /^[\x20-\x7e]*$/.test(text)
  const folded = isAscii ? decodeEntities(text).toLowerCase() : foldUnicode(text)
  return (
    folded
      .replace(/[`´]/g, "'")
      .replace(/''/g, '"')
      // File names and some catalogues have underscores for blanks.
      .replace(/[\s_]+/g, ' ')
      .trim()
  )
}

function foldUnicode(text: string): string {
  return decodeEntities(text.normalize('NFKC'))
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\u115f\u1160\u3164]/gu, '')
    .replace(/\p{Variation_Selector}/gu, '')
    .replace(/[‘’‛‚′ʼʻ＇]/g, "'")
    .replace(/[“”„‟″«»「」『』]/g, '"')
    .replace(/[‐‑‒–—―−﹘]/g, '-')
    .replace(/[【〔〖〈《]/g, '[')
    .replace(/[】〕〗〉》]/g, ']')
    .replace(/[〜∼]/g, '~')
    .replace(/×/g, 'x')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu, '$1')
    .normalize('NFKC')
    .replace(/[ßæœøłđðþħıёς]/g, (letter) => foldedLetters[letter] ?? letter)
    .replace(/[\p{L}\p{M}]+/gu, withoutLookAlikes)
}

/** A Cyrillic or Greek letter within a Latin word was meant as the Latin one; a word all Cyrillic is a Russian one. */
function withoutLookAlikes(word: string): string {
  if (!/[a-z]/.test(word) || !/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) return word
  return word.replace(/[^a-z]/gu, (letter) => lookAlikes[letter] ?? letter)
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0x10ffff ? whole : String.fromCodePoint(code)
  })
}
