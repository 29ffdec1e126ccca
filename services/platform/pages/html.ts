/**
 * HTML from templates in which every value is escaped, so that text from tags can never become markup.
 *
 * @example
 * html`<p title="${title}">${artist}</p>` // whatever stands in them, it stays text
 * @module
 */

/** Markup that came from a template; only this is put into another template as it is. */
export interface Html {
  readonly markup: string
}

/** What may stand in a template. `null`, `undefined` and `false` leave nothing, lists are joined. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[]

/** Markup that this module made. An object with the same shape that came from elsewhere is not in here. */
const made = new WeakSet<object>()

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Text that stays text between tags and in quoted attributes. Control characters, which HTML forbids, become U+FFFD. */
export function escapeHtml(text: string): string {
  const escaped = text.replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
  return escaped.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
}

/** The tag of the templates. Put values only between tags and into quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const markup = parts.map((part, index) => part + toMarkup(values[index])).join('')
  const result = { markup }
  made.add(result)
  return result
}

function toMarkup(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (isList(value)) return value.map(toMarkup).join('')
  return made.has(value) ? value.markup : escapeHtml(String(value))
}

function isList(value: Html | readonly HtmlValue[]): value is readonly HtmlValue[] {
  return Array.isArray(value)
}

/**
 * Data for programs that read the page, such as JSON-LD. Inside `<script>` no entity is read and only `</script` and `<!--`
 * end or change it; both begin with `<`, which JSON may write otherwise.
 */
export function jsonScript(type: 'application/ld+json' | 'application/json', data: object): Html {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  const result = { markup: `<script type="${type}">${json}</script>` }
  made.add(result)
  return result
}
