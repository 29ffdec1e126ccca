/**
 * Parameters of a statement as a form (`multipart/form-data`), where a list of thousands would be too long for an address.
 * The official client does the same for queries, and for no other statements.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { formatQueryParams } from '@clickhouse/client/dist/common/data_formatter/index.js'

/** @param params values by name, as the official client takes them */
export function formOf(params: Readonly<Record<string, unknown>>): {
  readonly body: Uint8Array
  readonly contentType: string
} {
  // Nobody can guess it, so no value forges the end of its part.
  const boundary = `tonearm-${randomUUID()}`
  const parts = Object.entries(params).map(([name, value]) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="param_${name}"\r\n\r\n`
    return `${head}${formatQueryParams({ value })}\r\n`
  })
  return {
    body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}
