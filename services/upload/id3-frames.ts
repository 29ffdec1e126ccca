/**
 * The frames of an ID3v2 block that may become tags, as a small ID3v2.4 block of only these.
 *
 * Comments, pictures and all other frames are dropped here before anything decodes them; so are their costs: what is
 * left is bounded in frames and bytes. Sources: id3.org/id3v2-00, id3.org/id3v2.3.0, id3.org/id3v2.4.0-structure.
 * @module
 */

/** ID3v2.3 and 2.4 ids of the frames that are kept, by their ids in ID3v2.2. */
const keptFrames: Readonly<Record<string, string>> = {
  TT2: 'TIT2',
  TP1: 'TPE1',
  TP4: 'TPE4',
  TAL: 'TALB',
  TCO: 'TCON',
  TPB: 'TPUB',
  TBP: 'TBPM',
  TKE: 'TKEY',
  TCM: 'TCOM',
  TYE: 'TYER',
  TDRC: 'TDRC',
  TRK: 'TRCK',
  TLE: 'TLEN',
  POP: 'POPM',
}
const keptIds = new Set(Object.values(keptFrames))

/** More of a frame is cut off; what is left still is longer than a tag may be, and is refused for that. */
const FRAME_BYTES_MAX = 8 * 1024

const HEADER_BYTES = 10
/** Flags of the header: the whole tag is unsynchronised; there is an extended header (ID3v2.2: it is compressed). */
const UNSYNCHRONISED = 0x80
const EXTENDED = 0x40

/** The block reduced to what may become tags; `undefined` where it is no whole ID3v2.2 to 2.4 tag. */
export function keepId3Frames(block: Buffer): Buffer | undefined {
  if (block.length < HEADER_BYTES || block.toString('latin1', 0, 3) !== 'ID3') return undefined
  const major = block.readUInt8(3)
  const flags = block.readUInt8(5)
  const size = syncSafe(block, 6)
  if (major < 2 || major > 4 || size === undefined || block.length < HEADER_BYTES + size) return undefined
  if (major === 2 && (flags & EXTENDED) !== 0) return undefined
  const unsynchronised = (flags & UNSYNCHRONISED) !== 0
  const tag = block.subarray(HEADER_BYTES, HEADER_BYTES + size)
  // Up to ID3v2.3 the tag as a whole is unsynchronised, from 2.4 on each frame for itself.
  const body = unsynchronised && major < 4 ? synchronise(tag) : tag
  const start = (flags & EXTENDED) === 0 ? 0 : extendedHeaderBytes(body, major)
  const frames = start === undefined ? new Map<string, Buffer>() : readFrames(body, start, major, unsynchronised)
  return start === undefined ? undefined : writeTag(frames)
}

function readFrames(body: Buffer, start: number, major: number, unsynchronised: boolean): Map<string, Buffer> {
  const frames = new Map<string, Buffer>()
  const headerBytes = major === 2 ? 6 : 10
  let offset = start
  while (isFrameAt(body, offset, major)) {
    const id = frameId(body, offset, major)
    const size = frameSize(body, offset, major)
    const data = body.subarray(offset + headerBytes, offset + headerBytes + size)
    if (data.length < size) break
    const kept = keptFrames[id] ?? id
    // There may be one frame of a kind; of more the first is taken.
    if (keptIds.has(kept) && !frames.has(kept)) {
      const content = major === 2 ? data : frameContent(data, body.readUInt8(offset + 9), major, unsynchronised)
      if (content !== undefined) frames.set(kept, content.subarray(0, FRAME_BYTES_MAX))
    }
    offset += headerBytes + size
  }
  return frames
}

/** A frame without what its format flags put before it; `undefined` where it is compressed or encrypted. */
function frameContent(data: Buffer, flags: number, major: number, unsynchronised: boolean): Buffer | undefined {
  if (major === 3) {
    if ((flags & 0xc0) !== 0) return undefined
    return (flags & 0x20) === 0 ? data : data.subarray(1)
  }
  if ((flags & 0x0c) !== 0) return undefined
  const group = (flags & 0x40) === 0 ? 0 : 1
  const lengthIndicator = (flags & 0x01) === 0 ? 0 : 4
  const content = data.subarray(group + lengthIndicator)
  return unsynchronised || (flags & 0x02) !== 0 ? synchronise(content) : content
}

/** Some writers keep the ids of ID3v2.2 in later tags, with a NUL as fourth character. */
function frameId(body: Buffer, offset: number, major: number): string {
  const id = body.toString('latin1', offset, offset + (major === 2 ? 3 : 4))
  return id.endsWith('\0') ? id.slice(0, 3) : id
}

/** Ids have capitals; some writers make up ones with small letters, and good frames come after these. */
function isFrameAt(body: Buffer, offset: number, major: number): boolean {
  if (offset + (major === 2 ? 6 : 10) > body.length) return false
  return /^[A-Za-z][A-Za-z0-9]{2,3}$/.test(frameId(body, offset, major))
}

function frameSize(body: Buffer, offset: number, major: number): number {
  if (major === 2) return body.readUIntBE(offset + 3, 3)
  const plain = body.readUInt32BE(offset + 4)
  if (major === 3) return plain
  // Some writers, iTunes among them, write plain sizes into ID3v2.4: what follows tells which was meant.
  const safe = syncSafe(body, offset + 4)
  if (safe === undefined) return plain
  const follows = (size: number) => {
    const next = offset + 10 + size
    return next === body.length || body[next] === 0 || isFrameAt(body, next, major)
  }
  return safe !== plain && !follows(safe) && follows(plain) ? plain : safe
}

/** Bytes of the extended header; `undefined` where it does not fit. */
function extendedHeaderBytes(body: Buffer, major: number): number | undefined {
  if (body.length < 4) return undefined
  // ID3v2.3 counts without the size itself, ID3v2.4 with it.
  const bytes = major === 3 ? body.readUInt32BE(0) + 4 : syncSafe(body, 0)
  return bytes === undefined || bytes > body.length ? undefined : bytes
}

/** Four bytes of seven bits each; `undefined` where one has eight. */
function syncSafe(bytes: Buffer, offset: number): number | undefined {
  const value = bytes.readUInt32BE(offset)
  if ((value & 0x80808080) !== 0) return undefined
  return ((value >>> 24) << 21) | (((value >>> 16) & 0x7f) << 14) | (((value >>> 8) & 0x7f) << 7) | (value & 0x7f)
}

/** Undoes the unsynchronisation: the NUL after each 0xFF goes. */
function synchronise(bytes: Buffer): Buffer {
  const result = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    result[length++] = byte
    if (byte === 0xff && bytes[at + 1] === 0) at++
  }
  return result.subarray(0, length)
}

function writeTag(frames: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = []
  for (const [id, data] of frames) {
    const header = Buffer.alloc(HEADER_BYTES)
    header.write(id, 'latin1')
    writeSyncSafe(header, 4, data.length)
    parts.push(header, data)
  }
  const body = Buffer.concat(parts)
  const header = Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1')
  writeSyncSafe(header, 6, body.length)
  return Buffer.concat([header, body])
}

function writeSyncSafe(target: Buffer, offset: number, value: number): void {
  for (let at = 0; at < 4; at++) target[offset + at] = (value >>> (7 * (3 - at))) & 0x7f
}
