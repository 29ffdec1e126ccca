/** Builds the bytes of Serato's files, so that tests need none of anybody's. */

export type FieldValue =
  | string
  | number
  | bigint
  | boolean
  | { readonly bytes: Uint8Array }
  | { readonly double: number }
export type Fields = Readonly<Record<number, FieldValue>>

export function bytesOf(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

export function chunk(tag: string, ...body: readonly Uint8Array[]): Uint8Array {
  const content = bytesOf(...body)
  return bytesOf(Buffer.from(tag, 'latin1'), u32(content.length), content)
}

export const version = (text = '1.0/Serato Scratch LIVE Review') => chunk('vrsn', utf16(text))

/** A record of a session: fields by id. Numbers are 4 bytes, bigints 8. */
export const record = (fields: Fields) => chunk('oent', adat(fields))

/** A session in `history.database`. */
export const historyRecord = (fields: Fields) => chunk('oses', adat(fields))

export const deletion = (row: number) => chunk('oren', chunk('uent', u32(row)))

export const session = (...chunks: readonly Uint8Array[]) => bytesOf(version(), ...chunks)

function adat(fields: Fields): Uint8Array {
  const parts = Object.entries(fields).map(([id, value]) => {
    const bytes = encode(value)
    return bytesOf(u32(Number(id)), u32(bytes.length), bytes)
  })
  return chunk('adat', ...parts)
}

/** A play as Serato writes one, in a session that starts at `1_600_000_000`. */
export function play(row: number, more: Fields = {}): Uint8Array {
  const startedAt = 1_600_000_000 + row * 100
  return record({
    1: row,
    2: `/Users/nobody/Secret folder/${row}.mp3`,
    3: '/Users/nobody/Secret folder',
    6: `Title ${row}`,
    7: `Artist ${row}`,
    17: 'a private comment',
    28: startedAt,
    29: startedAt + 90,
    31: 1,
    45: 90,
    48: 86,
    50: true,
    53: startedAt + 90,
    ...more,
  })
}

export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

export function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le').swap16())
}

function encode(value: FieldValue): Uint8Array {
  if (typeof value === 'string') return utf16(`${value}\0`)
  if (typeof value === 'number') return u32(value)
  if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0)
  const eight = new Uint8Array(8)
  if (typeof value === 'bigint') new DataView(eight.buffer).setBigUint64(0, value)
  else if ('double' in value) new DataView(eight.buffer).setFloat64(0, value.double)
  else return value.bytes
  return eight
}
