/**
 * What all pages share: the document, its head, the header with the navigation, and the footer with the languages.
 * @module
 */
import { type Html, html, jsonScript } from './html.ts'
import { DEFAULT_LANGUAGE, type Language, languageNames, languages, pathInLanguage } from './language.ts'
import type { Locale } from './locale.ts'
import { navigation } from './navigation.ts'
import type { Page } from './page.ts'
import { sharedAssets } from './shared-assets.ts'

/** Languages as Open Graph names them. */
const graphLocales: Readonly<Record<Language, string>> = { en: 'en_GB', de: 'de_DE' }

/**
 * The whole document of a page, in the language of its reader.
 *
 * @param origin what stands before the addresses that others keep of the page; nothing where it is not known
 */
export function toDocument(page: Page, locale: Locale, origin = ''): string {
  const { language, texts, link } = locale
  const document = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Tonearm</title>
<meta name="description" content="${page.description}">
<meta name="color-scheme" content="light dark">
<link rel="preload" href="${sharedAssets.latin.path}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${sharedAssets.stylesheet.path}">
<link rel="icon" href="${sharedAssets.icon.path}" type="image/svg+xml">
${headLinks(page, locale, origin)}</head>
<body class="${page.width ?? 'wide'}">
<a class="skip" href="#content">${texts.layout.skip}</a>
<header class="site-header">
<a class="brand" href="${link('/')}">${mark()}Tonearm</a>
<nav aria-label="${texts.layout.navigation}"><ul>
${navigation(locale).map(
  ({ area, path, name, key }) =>
    html`<li><a href="${path}"${area === page.area && html` aria-current="true"`}${
      key !== undefined && html` aria-keyshortcuts="${key}" data-shortcut="${key}"`
    }>${name}</a></li>\n`,
)}</ul></nav>
</header>
<main id="content" tabindex="-1">
${page.body}
</main>
<footer class="site-footer">
<p>${texts.layout.promise}</p>
<nav aria-label="${texts.layout.footer}"><ul>
<li><a href="${link('/privacy')}">${texts.layout.privacy}</a></li>
<li><a href="${link('/developers')}">${texts.developers.link}</a></li>
<li><a href="${link('/developers/api')}">${texts.layout.api}</a></li>
</ul></nav>
<nav aria-label="${texts.layout.languages}"><ul>
${languages.map((other) => languageLink(page, other === language, other))}</ul></nav>
</footer>
</body>
</html>
`
  return document.markup
}

function headLinks(page: Page, { language, link }: Locale, origin: string): Html {
  const { canonicalPath, robots, feeds = [], openGraph = {}, structuredData, scripts = [], head } = page
  const graph = {
    'og:site_name': 'Tonearm',
    'og:title': page.title,
    'og:description': page.description,
    'og:type': 'website',
    ...(canonicalPath === undefined ? {} : { 'og:url': origin + link(canonicalPath) }),
    ...openGraph,
  }
  return html`${canonicalPath !== undefined && html`<link rel="canonical" href="${origin}${link(canonicalPath)}">\n`}${
    canonicalPath !== undefined && [
      ...languages.map((other) => alternate(other, origin + pathInLanguage(canonicalPath, other))),
      alternate('x-default', origin + pathInLanguage(canonicalPath, DEFAULT_LANGUAGE)),
    ]
  }${robots !== undefined && html`<meta name="robots" content="${robots}">\n`}${feeds.map(
    ({ title, href }) => html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${href}">\n`,
  )}<meta property="og:locale" content="${graphLocales[language]}">
${Object.entries(graph).map(([property, content]) => html`<meta property="${property}" content="${content}">\n`)}${
  structuredData !== undefined && html`${jsonScript('application/ld+json', structuredData)}\n`
}${[sharedAssets.shortcuts, ...scripts].map(({ path }) => html`<script type="module" src="${path}"></script>\n`)}${head}`
}

function alternate(language: string, path: string): Html {
  return html`<link rel="alternate" hreflang="${language}" href="${path}">\n`
}

/** A page that has no lasting address of its own leads to the home page in the other language. */
function languageLink({ canonicalPath = '/' }: Page, isCurrent: boolean, language: keyof typeof languageNames): Html {
  return html`<li><a href="${pathInLanguage(canonicalPath, language)}" lang="${language}" hreflang="${language}"${
    isCurrent && html` aria-current="true"`
  }>${languageNames[language]}</a></li>\n`
}

/** The mark of the brand: a record and the arm over it. In the page itself, so that it has the colour of its text. */
function mark(): Html {
  return html`<svg class="brand-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
<circle class="brand-disc" cx="10.5" cy="13.5" r="8.5"/><circle class="brand-label" cx="10.5" cy="13.5" r="2.5"/>
<path class="brand-arm" d="M21 2.5v7.2l-5.6 6.1"/></svg>`
}
