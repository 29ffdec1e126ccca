/**
 * XML from the same templates as HTML, in which every value is escaped.
 * @module
 */
import type { Html } from '#platform/pages/html.ts'

/** The whole document. Two characters that HTML bears and XML does not become U+FFFD, as the templates do with the others. */
export function toXmlDocument({ markup }: Html): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${markup.replace(/[\ufffe\uffff]/g, '\ufffd')}`
}
