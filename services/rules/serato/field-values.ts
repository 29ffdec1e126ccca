/**
 * Values of fields as Serato writes them: numbers of 4 or 8 bytes, texts in UTF-16BE, and figures that are texts
 * (`05:04.43`, `320.0kbps`, `44.1k`, `11.2MB`). What is not readable is `undefined`.
 * @module
 */

const utf16 = new TextDecoder('utf-16be')

/** Text up to its closing NUL. */
export function textOf(value: Uint8Array): string {
  const text = utf16.decode(value.subarray(0, value.length - (value.length % 2)))
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

export function u32Of(value: Uint8Array): number | undefined {
  return value.length === 4 ? viewOf(value).getUint32(0) : undefined
}

/** An unsigned number of 4 or 8 bytes, whichever the length says; inexact beyond 2^53, where none makes sense. */
export function unsignedOf(value: Uint8Array): number | undefined {
  return value.length === 8 ? Number(viewOf(value).getBigUint64(0)) : u32Of(value)
}

export function doubleOf(value: Uint8Array): number | undefined {
  return value.length === 8 ? viewOf(value).getFloat64(0) : undefined
}

export function booleanOf(value: Uint8Array): boolean | undefined {
  return value.length === 1 ? value[0] !== 0 : undefined
}

/** The last part of a path or file name, whichever separator it has. */
export function lastPartOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** `05:04.43` or `1:02:03` in seconds. */
export function secondsOf(text: string): number | undefined {
  const parts = /^(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d{1,3})?)$/.exec(text.trim())
  if (parts === null) return undefined
  return Number(parts[1] ?? 0) * 3600 + Number(parts[2]) * 60 + decimalOf(parts[3])
}

/** `320.0kbps` in kbit/s. */
export function bitRateOf(text: string): number | undefined {
  const parts = /^(\d{1,6}(?:[.,]\d{1,3})?)\s*kbps$/i.exec(text.trim())
  return parts === null ? undefined : decimalOf(parts[1])
}

/** `44.1k` in Hz. */
export function sampleRateOf(text: string): number | undefined {
  const parts = /^(\d{1,5}(?:[.,]\d{1,4})?)\s*k(?:hz)?$/i.exec(text.trim())
  return parts === null ? undefined : Math.round(decimalOf(parts[1]) * 1000)
}

const bytesPerUnit: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }

/** `11.2MB` in bytes, as exactly as the text is. */
export function fileSizeOf(text: string): number | undefined {
  const parts = /^(\d{1,6}(?:[.,]\d{1,3})?)\s*([kmg]?b)$/i.exec(text.trim())
  const unit = bytesPerUnit[parts?.[2]?.toUpperCase() ?? '']
  return parts === null || unit === undefined ? undefined : Math.round(decimalOf(parts[1]) * unit)
}

/** The year of `1991` or of a date such as `2011-01-18T11:15:40`; `1970s` is none. */
export function yearOf(text: string): number | undefined {
  const parts = /^(\d{4})(?:$|[-/.T ])/.exec(text.trim())
  return parts === null ? undefined : Number(parts[1])
}

function decimalOf(text = ''): number {
  return Number(text.replace(',', '.'))
}

function viewOf(value: Uint8Array): DataView {
  return new DataView(value.buffer, value.byteOffset, value.byteLength)
}
