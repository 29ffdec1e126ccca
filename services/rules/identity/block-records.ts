/**
 * Which records are worth comparing: those that share a rare word, a pair of words, or a length with the beginning of a
 * tag. The work grows with the number of records, not with its square.
 * @module
 */

/** Record numbers take 21 of the 53 bits that a double holds, beside 32 of a hash. */
export const RECORDS_MAX = 2 ** 21
/** A block with more records says too little; the finer blocks of its records remain. */
const BLOCK_RECORDS_MAX = 30
/** So many of the nearest are compared with a record. */
const CANDIDATES_MAX = 10

/**
 * Calls `compare` once for each pair of candidates. `keysOf` gives the blocks of a record by its number, and is asked
 * once for each before the first pair.
 */
export function forEachCandidate(
  count: number,
  keysOf: (record: number) => ReadonlySet<string>,
  compare: (a: number, b: number) => void,
): void {
  const { blocks, starts } = buildBlocks(count, keysOf)
  const nearest = findNearest(count, blocks, starts)
  for (let record = 0; record < count; record++) {
    for (let place = 0; place < CANDIDATES_MAX; place++) {
      const other = nearest[record * CANDIDATES_MAX + place] ?? -1
      if (other < 0) break
      if (other > record || !isAmongNearest(nearest, other, record)) {
        compare(Math.min(record, other), Math.max(record, other))
      }
    }
  }
}

/** Entries of `hash × 2^21 + record`, sorted, so that a block is a run; `starts` are those of blocks worth having. */
function buildBlocks(
  count: number,
  keysOf: (record: number) => ReadonlySet<string>,
): { blocks: Float64Array; starts: Uint32Array } {
  let entries = new Float64Array(count * 24 + 64)
  let used = 0
  for (let record = 0; record < count; record++) {
    for (const key of keysOf(record)) {
      if (used === entries.length) {
        const longer = new Float64Array(entries.length * 2)
        longer.set(entries)
        entries = longer
      }
      entries[used++] = hash32(key) * RECORDS_MAX + record
    }
  }
  const blocks = entries.subarray(0, used).sort()
  const starts: number[] = []
  for (let start = 0; start < used; start = endOfBlock(blocks, start)) {
    const size = endOfBlock(blocks, start) - start
    if (size > 1 && size <= BLOCK_RECORDS_MAX) starts.push(start)
  }
  return { blocks, starts: Uint32Array.from(starts) }
}

/** For each record its nearest by the weight of what they share, -1 behind the last. */
function findNearest(count: number, blocks: Float64Array, starts: Uint32Array): Int32Array {
  const { offsets, ofRecord } = blocksByRecord(count, blocks, starts)
  const nearest = new Int32Array(count * CANDIDATES_MAX).fill(-1)
  const shared = new Float32Array(count)
  for (let record = 0; record < count; record++) {
    const touched: number[] = []
    for (let at = offsets[record] ?? 0; at < (offsets[record + 1] ?? 0); at++) {
      const start = ofRecord[at] ?? 0
      const end = endOfBlock(blocks, start)
      const weight = Math.log2((2 * count) / (end - start))
      for (let place = start; place < end; place++) {
        const other = recordOf(blocks[place] ?? 0)
        if (other === record) continue
        if (shared[other] === 0) touched.push(other)
        shared[other] = (shared[other] ?? 0) + weight
      }
    }
    touched
      .sort((a, b) => (shared[b] ?? 0) - (shared[a] ?? 0) || a - b)
      .slice(0, CANDIDATES_MAX)
      .forEach((other, place) => {
        nearest[record * CANDIDATES_MAX + place] = other
      })
    for (const other of touched) shared[other] = 0
  }
  return nearest
}

/** The starts of the blocks of each record, one record's behind the other's. */
function blocksByRecord(
  count: number,
  blocks: Float64Array,
  starts: Uint32Array,
): { offsets: Uint32Array; ofRecord: Uint32Array } {
  const offsets = new Uint32Array(count + 1)
  const forEachEntry = (visit: (record: number, start: number) => void): void => {
    for (const start of starts) {
      const end = endOfBlock(blocks, start)
      for (let place = start; place < end; place++) visit(recordOf(blocks[place] ?? 0), start)
    }
  }
  forEachEntry((record) => {
    offsets[record + 1] = (offsets[record + 1] ?? 0) + 1
  })
  for (let record = 0; record < count; record++) {
    offsets[record + 1] = (offsets[record + 1] ?? 0) + (offsets[record] ?? 0)
  }
  const next = offsets.slice()
  const ofRecord = new Uint32Array(offsets[count] ?? 0)
  forEachEntry((record, start) => {
    const at = next[record] ?? 0
    ofRecord[at] = start
    next[record] = at + 1
  })
  return { offsets, ofRecord }
}

function isAmongNearest(nearest: Int32Array, of: number, record: number): boolean {
  for (let place = 0; place < CANDIDATES_MAX; place++) {
    if (nearest[of * CANDIDATES_MAX + place] === record) return true
  }
  return false
}

function endOfBlock(blocks: Float64Array, start: number): number {
  const hash = Math.floor((blocks[start] ?? 0) / RECORDS_MAX)
  let end = start + 1
  while (end < blocks.length && Math.floor((blocks[end] ?? 0) / RECORDS_MAX) === hash) end++
  return end
}

function recordOf(entry: number): number {
  return entry % RECORDS_MAX
}

/** FNV-1a over UTF-16, mixed at the end. Texts that share a hash only share a block. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
