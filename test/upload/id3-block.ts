/** Makes ID3v2 blocks for tests, so that none of a real file has to be copied. */

interface Frame {
  readonly id: string
  readonly data: Buffer
}

/** A text frame in UTF-8. */
export function textFrame(id: string, text: string): Frame {
  return { id, data: Buffer.concat([Buffer.from([3]), Buffer.from(text)]) }
}

export function frame(id: string, data: Buffer | string): Frame {
  return { id, data: Buffer.from(data) }
}

/** An ID3v2.4 tag (id3.org/id3v2.4.0-structure). */
export function id3Block(frames: readonly Frame[], padding = 0): Buffer {
  const body = Buffer.concat([
    ...frames.flatMap(({ id, data }) => [Buffer.from(id, 'latin1'), syncSafe(data.length), Buffer.alloc(2), data]),
    Buffer.alloc(padding),
  ])
  return Buffer.concat([Buffer.from('ID3\x04\x00\x00', 'latin1'), syncSafe(body.length), body])
}

export function id3Of(tags: Readonly<Record<string, string>>): string {
  return id3Block(Object.entries(tags).map(([id, text]) => textFrame(id, text))).toString('base64')
}

function syncSafe(value: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (value >>> shift) & 0x7f))
}
