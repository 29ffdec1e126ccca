/**
 * What all pages share.
 * @module
 */
import { type Html, html } from '../html.ts'
import { stylesheetAddress } from './stylesheet.ts'

/** Nothing is loaded or run but the one stylesheet: no scripts, no frames, nothing inline. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export interface Page {
  readonly title: string
  readonly description: string
  readonly body: Html
  /** The page's lasting address, where it can be reached by several. */
  readonly canonicalPath?: string
}

/** The whole document. */
export function toDocument({ title, description, body, canonicalPath }: Page): string {
  const canonical = canonicalPath === undefined ? null : html`<link rel="canonical" href="${canonicalPath}">\n`
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tonearm</title>
<meta name="description" content="${description}">
${canonical}<link rel="stylesheet" href="${stylesheetAddress}">
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<a class="brand" href="/">Tonearm</a>
<nav aria-label="Main"><a href="/charts/world/all/latest">World chart</a></nav>
</header>
<main id="content">
${body}
</main>
<footer>
<span>What DJs really play, counted only from those who chose it.</span>
<a href="/privacy">Privacy</a>
<a href="/openapi.json">API</a>
</footer>
</body>
</html>
`
  return document.markup
}
