/**
 * Withholds rows of analysts' tables until nothing that is left tells of few accounts, whatever is added and subtracted.
 * @module
 */
import { type Core, peelRows } from './peel-rows.ts'
import { type Piece, piecesOfRows, type Row, type RowSystem, toRowSystem } from './row-system.ts'

/**
 * So many pairs of a row and a piece in it are looked at; in a larger system no row is shown that is not fixed. Three million
 * took 20 s of a processor and 400 MiB.
 */
const PAIRS_MAX = 4_000_000

/**
 * By row whether it may be shown. A fixed row always is. Where rows stand in each other's way, the smallest that blocks
 * another goes, as with charts (`withhold.ts`).
 *
 * Every row has at least `minimumDjs` accounts, and every account that gives something to a row is in one of the pieces.
 */
export function publishableRows(
  rows: readonly Row[],
  pieces: Iterable<Piece>,
  { minimumDjs, pairsMax = PAIRS_MAX }: { readonly minimumDjs: number; readonly pairsMax?: number },
): boolean[] {
  if (rows.every(({ isFixed }) => isFixed)) return rows.map(() => true)
  const held = firstPieces(pieces, pairsMax)
  if (held === undefined) return rows.map(({ isFixed }) => isFixed)
  const system = withoutTwins(rows, held)
  const withheld = new Set<number>()
  for (let isSettled = false; !isSettled; ) {
    isSettled = true
    const shown = system.rows.flatMap((_, row) => (withheld.has(row) || system.twinOf[row] !== row ? [] : [row]))
    const core = peelRows(system, shown, minimumDjs)
    for (;;) {
      const blocking = rowsToWithhold(system, core, minimumDjs)
      if (blocking.length === 0) break
      isSettled = false
      for (const row of blocking) withheld.add(row)
      core.withhold(blocking)
    }
  }
  return rows.map((row, index) => row.isFixed || !withheld.has(system.twinOf[index] ?? index))
}

/** All pieces; `undefined` where they lie in too many rows. */
function firstPieces(pieces: Iterable<Piece>, pairsMax: number): Piece[] | undefined {
  const held: Piece[] = []
  let pairs = 0
  for (const piece of pieces) {
    pairs += piece.rows.length
    if (pairs > pairsMax) return undefined
    held.push(piece)
  }
  return held
}

/** Rows with the same pieces are one: the first that is fixed, or the first. */
function withoutTwins(
  rows: readonly Row[],
  pieces: readonly Piece[],
): RowSystem & { readonly twinOf: readonly number[] } {
  const piecesOf = piecesOfRows(rows.length, pieces)
  const alike = new Map<number, number[]>()
  const twinOf = rows.map((_, index) => index)
  const order = [...rows.keys()].sort((a, b) => Number(rows[b]?.isFixed) - Number(rows[a]?.isFixed) || a - b)
  for (const index of order) {
    const own = piecesOf[index] ?? []
    const print = fingerprint(own)
    const same = alike.get(print) ?? []
    const twin = same.find((other) => {
      const those = piecesOf[other] ?? []
      return those.length === own.length && own.every((piece, at) => those[at] === piece)
    })
    if (twin === undefined) alike.set(print, [...same, index])
    else twinOf[index] = twin
  }
  const single = pieces.map((piece) => ({ ...piece, rows: piece.rows.filter((row) => twinOf[row] === row) }))
  return { ...toRowSystem(rows, single), twinOf }
}

/** Lists of the same numbers have the same; few others do. */
function fingerprint(numbers: readonly number[]): number {
  return numbers.reduce((hash, number) => Math.imul(hash ^ number, 0x01000193), numbers.length)
}

/** Of each part of the core, from its largest row on, one that blocks; none where only published charts are left. */
function rowsToWithhold(system: RowSystem, core: Core, minimumDjs: number): number[] {
  const { rows, piecesOf } = system
  const accountsOf = (row: number) => rows[row]?.accounts ?? 0
  const touched = new Set<number>()
  const chosen: number[] = []
  for (const row of [...core.rows].sort((a, b) => accountsOf(b) - accountsOf(a) || a - b)) {
    const own = piecesOf[row] ?? []
    if (own.some((piece) => touched.has(piece))) continue
    const blocking = blockingRow(system, core, row, minimumDjs)
    if (blocking === undefined) continue
    chosen.push(blocking)
    for (const other of [row, blocking]) for (const piece of piecesOf[other] ?? []) touched.add(piece)
  }
  return chosen
}

/** The smallest row without which the given one has enough witnesses, else the smallest without which it has more, else it itself. */
function blockingRow(system: RowSystem, core: Core, row: number, minimumDjs: number): number | undefined {
  const { rows, pieces, piecesOf } = system
  const gains = new Map<number, Map<string, number>>()
  for (const index of piecesOf[row] ?? []) {
    const other = core.otherAround(index, row)
    const piece = pieces[index]
    if (other === undefined || piece === undefined || rows[other]?.isFixed !== false) continue
    const gain = gains.get(other) ?? new Map<string, number>()
    gains.set(other, gain.set(piece.group, (gain.get(piece.group) ?? 0) + piece.accounts))
  }
  const bySize = [...gains].sort(([a], [b]) => (rows[a]?.accounts ?? 0) - (rows[b]?.accounts ?? 0) || a - b)
  const has = core.witnessesOf(row)
  const [enough] = bySize.find(([, gain]) => Math.max(...gain.values(), has) >= minimumDjs) ?? []
  if (enough !== undefined) return enough
  const [some] = bySize[0] ?? []
  if (some !== undefined) return some
  return rows[row]?.isFixed === false ? row : undefined
}
