/**
 * Names of artists, titles, labels and DJs, put together from words. Nobody's name is meant.
 * @module
 */
import type { Random } from './random.ts'

export type Tongue = 'english' | 'spanish' | 'portuguese'

type Words = readonly [string, ...string[]]
/** A list of words, one a space. */
const words = (text: string): Words => text.trim().split(/\s+/) as unknown as Words // never empty: each text below has words

const adjectives = words(`Second Slow Golden Paper Silent Electric Hollow Velvet Distant Broken Crystal Midnight Amber
  Copper Restless Neon Liquid Solar Northern Southern Hidden Burning Frozen Lucid Scarlet Violet Wild Gentle Endless
  Parallel Concrete Plastic Magnetic Lonely Brave Feral Tidal Lunar Bitter Sweet Early Late Loose Heavy Weightless Open
  Secret Borrowed Crooked Quiet Static Analogue Humid Ivory`)
const nouns = words(`Sunrise Lantern Harbour Tide Signal Garden Engine Mirror River Shadow Window Machine Fever Echo
  Avenue Horizon Ember Orchard Satellite Compass Cathedral Thunder Meadow Basement Island Pulse Ritual Canyon Feather
  Motion Skyline Station Temple Voltage Whisper Desert Circuit Ferry Anthem Balcony Comet Delta Elevator Fountain
  Gravity Highway Jungle Kingdom Ladder Monsoon Nebula Oasis Prism Quarry Rooftop Summer Tunnel Umbrella Valley Winter`)
const verbs = words(
  'Follow Leave Remember Forget Chase Carry Believe Call Find Lose Hold Trust Wake Want Fight Feel Burn Cross Hear',
)
const spanish = words(`Luna Calle Fuego Corazón Noche Playa Ritmo Sombra Cielo Barrio Verano Sal Tormenta Flor Espejo
  Camino Lluvia Isla Humo Piel Arena Estrella Tambor Puerto Sueño Marea Esquina Candela Viento Ventana`)
const portuguese = words(`Lua Rua Fogo Saudade Noite Praia Ritmo Sombra Céu Morro Verão Maré Chuva Flor Espelho Caminho
  Ilha Areia Estrela Tambor Porto Sonho Vento Janela Baile Madrugada Quintal Ladeira Samambaia Varanda`)

const givenNames = words(`Mara Otis Ilse Teo Nadia Kofi Runa Bram Sefa Lior Anouk Dario Wren Tamsin Ezra Yuki Ines
  Malik Petra Juno Caspian Noor Hana Zeno Amara Levi Sunniva Rafa Odile Kiri Matteo Leila Bas Thandi Emre Vika`)
const familyNames = words(`Vell Harrow Lindqvale Okoru Brandt-Osei Tamuri Castellane Morrow Vandersee Ashdown Kestrel
  Delacroft Nakamori Ferro Halloway Quill Santamar Ostrova Penhale Rook Marchetta Sable Whitlow Zalewa Dunmore Ikeno
  Adebari Faircloth Galindez Hoskova Jarrow Lumen`)
const syllables = words('ka lo ve mi zu ra ne to shi bo da lu fe xo ri pa ny ko sa ve')
const places = words('Harbour Quay Night Ferry Ninth Tide Corner Attic Signal Cellar Meridian Lighthouse Foundry Canal')
const labelKinds = words('Records Recordings Music Audio Sound Traxx Works Editions')

export function inventArtist(random: Random): string {
  const kind = random.next()
  if (kind < 0.45) return `${random.pick(givenNames)} ${random.pick(familyNames)}`
  if (kind < 0.6) return `${random.pick(givenNames)} & the ${random.pick(nouns)}s`
  if (kind < 0.75) return `${random.pick(adjectives)} ${random.pick(nouns)}s`
  if (kind < 0.85) return `DJ ${capitalised(random.pick(syllables) + random.pick(syllables))}`
  return capitalised(random.pick(syllables) + random.pick(syllables) + random.pick(syllables))
}

export function inventTitle(random: Random, tongue: Tongue): string {
  const kind = random.next()
  if (tongue === 'spanish' && kind < 0.8) return joined(random, spanish, ['de', 'y', 'sin'])
  if (tongue === 'portuguese' && kind < 0.8) return joined(random, portuguese, ['de', 'e', 'sem'])
  if (kind < 0.4) return `${random.pick(adjectives)} ${random.pick(nouns)}`
  if (kind < 0.55) return `${random.pick(verbs)} the ${random.pick(nouns)}`
  if (kind < 0.68) return `${random.pick(nouns)} & ${random.pick(nouns)}`
  if (kind < 0.78) return `Don't ${random.pick(verbs)} the ${random.pick(nouns)}`
  if (kind < 0.88) return `${random.pick(givenNames)}'s ${random.pick(nouns)}`
  if (kind < 0.95) return `${random.pick(verbs)} Me (${random.pick(adjectives)} ${random.pick(nouns)})`
  return `${random.pick(nouns)} ${random.integer(2, 99)}`
}

export function inventLabel(random: Random): string {
  const name = random.chance(0.5) ? random.pick(places) : `${random.pick(adjectives)} ${random.pick(nouns)}`
  return `${name} ${random.pick(labelKinds)}`
}

export function inventDjName(random: Random): string {
  const given = random.pick(givenNames)
  return random.chance(0.3) ? `DJ ${given}` : `${given} ${random.pick(familyNames)}`
}

function joined(random: Random, list: Words, links: Words): string {
  return random.chance(0.3) ? random.pick(list) : `${random.pick(list)} ${random.pick(links)} ${random.pick(list)}`
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
