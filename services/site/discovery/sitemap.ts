/**
 * Sitemaps (sitemaps.org), with the other languages of each page (hreflang).
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import { DEFAULT_LANGUAGE, languages, pathInLanguage } from '#platform/pages/language.ts'
import { toXmlDocument } from '../xml-document.ts'
import type { SitemapPage, SitemapPart } from './read-sitemap.ts'

function sitemapPartPath({ kind, number }: SitemapPart): string {
  return `/sitemaps/${kind}-${number}.xml`
}

/** @param origin the address of the service; a sitemap has to name whole addresses */
export function sitemapIndex(parts: readonly SitemapPart[], builtAt: string, origin: string): string {
  return toXmlDocument(html`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${parts.map(
  (part) => html`<sitemap><loc>${origin}${sitemapPartPath(part)}</loc><lastmod>${builtAt}</lastmod></sitemap>\n`,
)}</sitemapindex>
`)
}

export function sitemapPart(pages: readonly SitemapPage[], origin: string): string {
  return toXmlDocument(html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${pages.flatMap((page) => languages.map((language) => urlOf(page, pathInLanguage(page.path, language), origin)))}</urlset>
`)
}

function urlOf({ path, builtAt }: SitemapPage, inLanguage: string, origin: string): Html {
  return html`<url><loc>${origin}${inLanguage}</loc><lastmod>${builtAt}</lastmod>${languages.map((language) =>
    alternate(language, origin + pathInLanguage(path, language)),
  )}${alternate('x-default', origin + pathInLanguage(path, DEFAULT_LANGUAGE))}</url>\n`
}

function alternate(language: string, address: string): Html {
  return html`<xhtml:link rel="alternate" hreflang="${language}" href="${address}"/>`
}
