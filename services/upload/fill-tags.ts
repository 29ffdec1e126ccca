/**
 * Fills the tags that were not given from the ID3 blocks of a request, within the limits of one.
 * @module
 */
import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { UploadWarning } from '#schemas/records/session.ts'
import type { Id3Block } from './keep-session.ts'
import { warn } from './outcomes.ts'
import { type Id3Reading, readId3 } from './read-id3.ts'

/** Bytes of an ID3 block (CONTRACT, "Limits"). */
const ID3_BYTES_MAX = 1024 * 1024

/** ID3 blocks of a request (CONTRACT, "Limits"). */
const ID3_BLOCKS_MAX = 1000

/** Readings that are remembered: a DJ's favourites come with every session. Some KiB each. */
const REMEMBERED_MAX = 1000

export interface TagFiller {
  /** For one request: fills the tags of a session's blocks, and adds what was wrong with a block to `warnings`. */
  forRequest(): (blocks: readonly Id3Block[], warnings: UploadWarning[]) => Promise<void>
}

export function createTagFiller(): TagFiller {
  const remembered = new Map<string, Id3Reading | 'unreadable'>()

  async function read(base64: string): Promise<Id3Reading | 'unreadable'> {
    const hash = createHash('sha256').update(base64).digest('base64')
    const known = remembered.get(hash)
    remembered.delete(hash)
    // Reading a block takes the processor for some milliseconds, so others get their turn in between.
    if (known === undefined) await turn()
    const reading = known ?? (await readId3(Buffer.from(base64, 'base64'))) ?? 'unreadable'
    remembered.set(hash, reading)
    if (remembered.size > REMEMBERED_MAX) remembered.delete(remembered.keys().next().value ?? '')
    return reading
  }

  return {
    forRequest() {
      let blocksSeen = 0
      return async (blocks, warnings) => {
        for (const { base64, tags, path } of blocks) {
          blocksSeen += 1
          if (blocksSeen > ID3_BLOCKS_MAX) warn(warnings, 'id3-too-many', path)
          else if (decodedBytes(base64) > ID3_BYTES_MAX) warn(warnings, 'id3-too-large', path)
          else {
            const reading = await read(base64)
            if (reading === 'unreadable') warn(warnings, 'id3-unreadable', path)
            else {
              for (const { name, code } of reading.leftOut) {
                if (tags[name] === undefined) warn(warnings, code, path)
              }
              fill(tags, reading.tags)
            }
          }
        }
      }
    },
  }
}

function fill(tags: Record<string, unknown>, found: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(found)) {
    if (tags[name] === undefined || tags[name] === '') tags[name] = value
  }
}

function decodedBytes(base64: string): number {
  return Math.floor((base64.length * 3) / 4) - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)
}
