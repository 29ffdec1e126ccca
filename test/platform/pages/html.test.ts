import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml, type Html, html } from '#platform/pages/html.ts'

/** Reads text back the way a browser does, for the references that escaping writes. */
const references: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
}
const unescapeHtml = (markup: string) =>
  markup.replace(/&(?:amp|lt|gt|quot|#39|#96);/g, (name) => references[name] ?? '')

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...`<>&"'\`=/;! -scriptamplt#39x\0\t\n`) }),
)

describe('text in a template', () => {
  it('never holds a character that ends text or a quoted attribute, whatever it was', () => {
    fc.assert(fc.property(anyText, (text) => !/[<>"'`]/.test(html`${text}`.markup)))
  })

  it('reads back as it was, but for control characters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are replaced
        const shown = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
        expect(unescapeHtml(escapeHtml(text))).toBe(shown)
      }),
    )
  })

  it('is escaped in lists and in nested templates once, not twice', () => {
    const items = ['<b>', '&'].map((text) => html`<li>${text}</li>`)
    expect(html`<ul title="${'"'}">${items}</ul>`.markup).toBe(
      '<ul title="&quot;"><li>&lt;b&gt;</li><li>&amp;</li></ul>',
    )
  })

  it('is no markup because it looks like what a template returns', () => {
    // As it would come out of JSON.parse, where the type is only hoped for.
    const forged = JSON.parse('{"markup":"<script>"}') as Html
    expect(html`${forged}`.markup).not.toContain('<script>')
  })

  it('leaves nothing for null, undefined and false, and shows 0', () => {
    expect(html`a${null}b${undefined}c${false}d${0}`.markup).toBe('abcd0')
  })
})
