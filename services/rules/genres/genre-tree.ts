/**
 * The tree of genres: a play counts in its genre and in every genre above it.
 *
 * The list is Tonearm's own, made for what DJs play: broad where charts of DJs are thin, fine where they are thick. Facts
 * it was checked against: the genre tree of beets (MIT) and the genre names of a large DJ store. An indented line lies
 * under the nearest line above it with less indentation. Behind a colon stand other ways to write the genre; spelling
 * that {@link slugify} removes anyway (case, hyphens, `&`) need not be there.
 * @module
 */
import { slugify } from './slugify.ts'

const list = `
electronic: electronic music, electronica, electro music, edm, electronic dance music, dance and electronic, dance electronic
  ambient: ambient experimental
    dark ambient
    drone
  bass music: bass, bass club, uk bass
    dubstep: brostep, riddim, 140, deep dubstep
    grime
    future bass
    uk garage: garage, ukg, 2 step, two step, speed garage
      bassline
    midtempo bass
  breakbeat: breaks, break beat, nu skool breaks
    big beat
    broken beat
  dance: dance music, eurodance, euro dance, commercial dance, mainstage, big room
  downtempo: down tempo, chillout, chill out, chill, lounge, lo fi, lofi
    trip hop
    balearic: balearic beat
  drum and bass: dnb, d n b, d and b, drum n bass, drum bass, drumnbass, drum and base
    jungle: ragga jungle
    liquid drum and bass: liquid, liquid dnb, liquid funk
    neurofunk: neuro
    jump up: jump up drum and bass
  electro: electro classic detroit modern, electroclash
  footwork: juke, juke footwork
  hard dance: hard dance hardcore neo rave
    hardcore: gabber, happy hardcore, uk hardcore
    hardstyle: rawstyle
    hard house
  house: house music
    acid house
    afro house: afrohouse, afro latin house, 3 step
    amapiano
    bass house
    chicago house
    deep house
    disco house
    electro house: complextro
    french house: filter house, french touch
    funky house: funky jackin house
      jackin house
    future house
    ghetto house
    latin house
    lo fi house
    melodic house: melodic house and techno, melodic
    organic house: organic house downtempo
    piano house
    progressive house: prog house
    soulful house: vocal house
    tech house: techhouse
    tribal house
    tropical house
    us garage: new jersey house, jersey garage
  idm: intelligent dance music, glitch
  indie dance: indie dance nu disco
    dark disco
  industrial: industrial music
    ebm: electronic body music
  minimal: minimal deep tech, deep tech, microhouse
  synthwave: retrowave, outrun
  synth pop: synthpop, electropop, electro pop
  techno: techno peak time driving, techno raw deep hypnotic, peak time techno
    acid techno: acid
    detroit techno
    dub techno
    hard techno: schranz
    industrial techno
    melodic techno
    minimal techno
  trance: trance main floor, trance raw deep hypnotic
    goa trance: goa
    progressive trance
    psytrance: psy trance, psychedelic trance, psy
    tech trance
    uplifting trance
    vocal trance
  vaporwave
  wave
hip hop: hiphop, hip hop rap, rap, rap hip hop, hip hop and rap
  boom bap
  drill: uk drill
  east coast hip hop: east coast rap
  old school hip hop: oldschool hip hop, old school rap
  trap: trap music
  west coast hip hop: west coast rap, g funk
  latin hip hop: rap latino
rnb: r and b, r n b, rhythm and blues, contemporary r and b, urban
  neo soul: nu soul
soul: soul music, soul and funk
  motown
  northern soul
funk: funk music, funk soul
  boogie
  brazilian funk: baile funk, funk carioca, funk brasileiro
disco: disco music
  italo disco: italo
  nu disco: nu disco disco
jazz
  acid jazz
  jazz funk: fusion, jazz fusion
  latin jazz
  nu jazz
blues
gospel
reggae: reggae music
  dancehall: ragga
  dub: dub music
  lovers rock
  roots reggae: roots
  ska
latin: latin music, latino, latin pop, latin electronic, musica latina
  bachata
  cumbia
  merengue
  reggaeton: regueton, reggaeton latin
    dembow
  salsa
  tango
african: african music, africa
  afrobeat
  afrobeats: afropop, afro pop, afro beats
  gqom
  highlife
  kizomba
  kuduro
caribbean: carribean
  soca: calypso
  zouk
brazilian: brazil, mpb
  bossa nova
  samba
pop: pop music, top 40, charts
  k pop
  j pop
  teen pop
  schlager
rock: rock music, pop rock, rock pop
  alternative: alternative rock, alt rock
    grunge
    indie: indie rock, indie pop, alternative and indie
    new wave
    post punk
    shoegaze
  classic rock
  hard rock
  metal: heavy metal
    nu metal
  progressive rock: prog rock
  psychedelic rock
  punk: punk rock
    pop punk
  rock and roll: rock n roll, rockabilly
  soft rock: yacht rock
folk: folk music, singer songwriter, acoustic
country: country music
  americana
world: world music, worldwide, global
  arabic: arabic music, rai
  bollywood: hindi, indian
    bhangra
  balkan: balkan beats
  klezmer
classical: classical music
soundtrack: soundtracks, score, film, ost
spoken word: spoken, speech, comedy, podcast
dj tools: dj tool, dj tools acapellas, acapella, acapellas, tools, sound effects, fx
  edits: dj edits, edit, bootleg, mashup, mash up, mashups
holiday: christmas, xmas, christmas music
`

interface GenreTree {
  /** The genre right above, by slug. */
  readonly parents: ReadonlyMap<string, string>
  /** The slug that a way to write it means; every genre's own slug among them. */
  readonly slugs: ReadonlyMap<string, string>
}

function readTree(text: string): GenreTree {
  const parents = new Map<string, string>()
  const slugs = new Map<string, string>()
  const above: { indent: number; slug: string }[] = []
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [name = '', others = ''] = line.split(':')
    const indent = line.length - line.trimStart().length
    const slug = slugify(name)
    while (above.length > 0 && (above.at(-1)?.indent ?? 0) >= indent) above.pop()
    const parent = above.at(-1)?.slug
    if (parent !== undefined) parents.set(slug, parent)
    above.push({ indent, slug })
    for (const way of [name, ...others.split(',')]) slugs.set(slugify(way), slug)
  }
  slugs.delete('')
  return { parents, slugs }
}

export const genreTree = readTree(list)
