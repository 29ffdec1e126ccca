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
    baltimore club: bmore, bmore club
    ghettotech: ghetto tech
    glitch hop
    halftime: half time
    jersey club: brick city club
    miami bass
    moombahton
    uk funky
  breakbeat: breaks, break beat, nu skool breaks, acid breaks, florida breaks, progressive breaks, psybreaks
    big beat
    broken beat
    breakcore
  dance: dance music, eurodance, euro dance, commercial dance, mainstage, big room, bubblegum dance
    dance pop
    eurobeat
    freestyle: freestyle music, latin freestyle
    hi nrg: hinrg, high energy
    italo dance
  downtempo: down tempo, chillout, chill out, chill, lounge, lo fi, lofi
    trip hop
    chillwave
    balearic: balearic beat
  drum and bass: dnb, d n b, d and b, drum n bass, drum bass, drumnbass, drum and base
    drumstep
    jungle: ragga jungle, old school jungle, darkside jungle
    liquid drum and bass: liquid, liquid dnb, liquid funk
    neurofunk: neuro, techstep, darkstep
    jump up: jump up drum and bass
  electro: electro classic detroit modern, electroclash
  electro swing: electroswing
  footwork: juke, juke footwork
  hard dance: hard dance hardcore neo rave
    hardcore: gabber, gabba, happy hardcore, uk hardcore, hardcore techno, old school hardcore
      frenchcore
      speedcore: terrorcore
      uptempo: uptempo hardcore
    hardstyle: rawstyle, dubstyle
    jumpstyle
    hard house: uk hard house, hard nrg, bouncy house
    makina
    rave: rave music, breakbeat hardcore, old school rave
  house: house music
    acid house
    afro house: afrohouse, afro latin house, 3 step
    amapiano
    ambient house
    brazilian bass: slap house
    bass house
    chicago house
    deep house
    disco house
    dutch house
    electro house: complextro
    french house: filter house, french touch
    funky house: funky jackin house
      jackin house
    future house
    ghetto house
    hip house
    italo house
    latin house
    lo fi house
    melodic house: melodic house and techno, melodic
    minimal house
    organic house: organic house downtempo
    piano house
    progressive house: prog house
    soulful house: vocal house, diva house, gospel house
    tech house: techhouse
    tribal house
    tropical house
    us garage: new jersey house, jersey garage
  idm: intelligent dance music, glitch
  indie dance: indie dance nu disco
    dark disco
  leftfield: left field
  hyperpop
  industrial: industrial music
    dark wave: darkwave, ethereal wave
      cold wave: coldwave
      witch house
    ebm: electronic body music, electro industrial, aggrotech, futurepop
    power electronics: power noise
  minimal: minimal deep tech, deep tech, microhouse
  synthwave: retrowave, outrun
  synth pop: synthpop, electropop, electro pop
  techno: techno peak time driving, techno raw deep hypnotic, peak time techno
    acid techno: acid
    ambient techno
    detroit techno
    dub techno
    free tekno: freetekno, tekno, hardtek
    hard groove: hardgroove, hardgroove techno
    hard techno: schranz
    industrial techno
    melodic techno
    minimal techno
  trance: trance main floor, trance raw deep hypnotic
    goa trance: goa
    acid trance
    classic trance
    dream trance: dream house
    hard trance
    progressive trance
    psytrance: psy trance, psychedelic trance, psy, full on, suomisaundi, dark psytrance, darkpsy, psyprog
    tech trance
    uplifting trance: orchestral uplifting
    vocal trance
  vaporwave
  wave
hip hop: hiphop, hip hop rap, rap, rap hip hop, hip hop and rap
  boom bap: golden age hip hop
  drill: uk drill
  east coast hip hop: east coast rap
  gangsta rap: gangster rap, hardcore hip hop, mafioso rap
  german hip hop: deutschrap, german rap
  instrumental hip hop: lo fi hip hop, lofi hip hop, turntablism
  jazz rap: jazz hip hop
  old school hip hop: oldschool hip hop, old school rap
  phonk
  southern hip hop: dirty south, crunk, hyphy, snap music, bounce music, chopped and screwed
  trap: trap music
  underground hip hop: alternative hip hop, conscious hip hop, political hip hop
  west coast hip hop: west coast rap, g funk
  latin hip hop: rap latino
rnb: r and b, r n b, rhythm and blues, contemporary r and b, urban
  alternative rnb: alternative r and b
  neo soul: nu soul
  new jack swing
soul: soul music, soul and funk
  blue eyed soul
  motown
  philly soul: philadelphia soul
  northern soul
funk: funk music, funk soul
  boogie
  deep funk
  go go
  p funk
  brazilian funk: baile funk, funk carioca, funk brasileiro
disco: disco music
  cosmic disco: space disco
  euro disco: eurodisco
  italo disco: italo
  nu disco: nu disco disco
jazz
  acid jazz
  bebop: bop, hard bop, post bop
  big band: swing, swing music, swing jazz
  free jazz
  gypsy jazz: jazz manouche
  jazz funk: fusion, jazz fusion
  latin jazz
  nu jazz: jazztronica
  smooth jazz
  soul jazz
  vocal jazz
blues
gospel
reggae: reggae music
  dancehall: ragga
  dub: dub music
  lovers rock
  roots reggae: roots
  rocksteady: rock steady
  ska: 2 tone, two tone
latin: latin music, latino, latin pop, latin electronic, musica latina
  bachata
  bolero
  cumbia: chicha
  guaracha: aleteo
  latin trap
  mambo
  mariachi: ranchera, regional mexican, musica mexicana, banda, norteno
    corridos: corridos tumbados
  merengue
  reggaeton: regueton, reggaeton latin
    dembow
  salsa: timba
  tango
african: african music, africa
  afrobeat
  afrobeats: afropop, afro pop, afro beats
  african hip hop: bongo flava, hiplife
  coupe decale
  gqom
  highlife
  kizomba
  kuduro
  kwaito
  makossa
  mbalax
  soukous: ndombolo, rumba congolaise
caribbean: carribean
  bouyon
  compas: kompa, konpa
  chutney: chutney soca
  shatta
  soca: calypso
  zouk
brazilian: brazil, mpb
  axe: axe music
  bossa nova
  forro: baiao
  lambada
  pagode: pagodao
  sertanejo: musica sertaneja
  tecno brega: tecnobrega, brega
  tropicalia
  samba
pop: pop music, top 40, charts
  adult contemporary
  chanson: french pop, chanson francaise, variete francaise
  city pop
  c pop: mandopop, cantopop, chinese pop
  dream pop
  europop: euro pop
  k pop: korean pop, kpop
  j pop: jpop, japanese pop, anison, anime
  teen pop
  schlager
rock: rock music, pop rock, rock pop
  alternative: alternative rock, alt rock
    grunge: post grunge
    indie: indie rock, indie pop, alternative and indie
    new wave
    gothic rock: goth, gothic, goth rock
    post punk: post punk revival, no wave
    post rock
    shoegaze
  art rock
  classic rock
  folk rock
  garage rock
  glam rock
  hard rock
  metal: heavy metal
    black metal
    death metal
    metalcore: deathcore
    nu metal: rap metal, rap rock, rapcore
    progressive metal
    thrash metal: speed metal, thrash
  progressive rock: prog rock
  krautrock: kraut rock
  psychedelic rock: acid rock, neo psychedelia
  punk: punk rock
    hardcore punk
    pop punk
    ska punk: ska core
  rock and roll: rock n roll, rockabilly
  soft rock: yacht rock
  southern rock
  surf rock: surf
folk: folk music, singer songwriter, acoustic
  celtic: celtic music, irish
  indie folk
country: country music
  americana
  bluegrass
  country pop
  country rock
  honky tonk
  outlaw country
world: world music, worldwide, global
  arabic: arabic music, arab pop, rai, khaliji
  bollywood: hindi, indian
    bhangra: punjabi
  balkan: balkan beats, balkan pop, turbofolk, turbo folk
  dangdut
  flamenco
  klezmer
  turkish: turkish pop
classical: classical music
  baroque: baroque music
  modern classical: contemporary classical, neoclassical, neo classical
  opera
  orchestral: symphony, symphonic
easy listening: background music, elevator music, exotica
new age: new age music, meditation
experimental: experimental music, avant garde, avantgarde
  musique concrete: acousmatic music, tape music
  noise: noise music, japanoise
  field recording: field recordings
soundtrack: soundtracks, score, film, ost, musical, musicals
  video game music: game music, chiptune, 8 bit, bitpop
spoken word: spoken, speech, comedy, podcast, stand up, audiobook
children: childrens music, kids, kids music, kinderlieder
dj tools: dj tool, dj tools acapellas, acapella, acapellas, tools, sound effects, fx
  edits: dj edits, edit, bootleg, mashup, mash up, mashups
holiday: christmas, xmas, christmas music
`

interface GenreTree {
  /** The genre right above, by slug. */
  readonly parents: ReadonlyMap<string, string>
  /** The slug that a way to write it means; every genre's own slug among them. */
  readonly slugs: ReadonlyMap<string, string>
  /** All ways to write a genre, as they stand in the list. */
  readonly ways: readonly string[]
}

function readTree(text: string): GenreTree {
  const parents = new Map<string, string>()
  const slugs = new Map<string, string>()
  const ways: string[] = []
  const above: { indent: number; slug: string }[] = []
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [name = '', others = ''] = line.split(':')
    const indent = line.length - line.trimStart().length
    const slug = slugify(name)
    while (above.length > 0 && (above.at(-1)?.indent ?? 0) >= indent) above.pop()
    const parent = above.at(-1)?.slug
    if (parent !== undefined) parents.set(slug, parent)
    above.push({ indent, slug })
    const own = [name, ...others.split(',')].map((way) => way.trim()).filter((way) => way !== '')
    ways.push(...own)
    for (const way of own) slugs.set(slugify(way), slug)
  }
  slugs.delete('')
  return { parents, slugs, ways }
}

export const genreTree = readTree(list)
