import { type Html, html } from '#platform/pages/html.ts'

/** A heading and links to charts, one a code; nothing where there are none. */
export function linkList(
  heading: string,
  codes: readonly string[],
  toPath: (code: string) => string,
  toName: (code: string) => string,
): Html | false {
  return (
    codes.length > 0 &&
    html`<h2>${heading}</h2>
<ul class="links">
${codes.map((code) => html`<li><a href="${toPath(code)}">${toName(code)}</a></li>\n`)}</ul>`
  )
}
