/**
 * What a page is, before the layout makes a document of it.
 * @module
 */
import type { Asset } from './assets.ts'
import type { Html } from './html.ts'

/** The parts of the site that the navigation names. */
export type PageArea = 'charts' | 'me' | 'search'

export interface Page {
  readonly title: string
  readonly description: string
  /** What stands in `<main>`; it has the one `<h1>`. */
  readonly body: Html
  /**
   * The page's lasting address without the prefix of a language, where it is also the address of its other languages. A page
   * without one (a problem) leads to the home page in the switch of languages.
   */
  readonly canonicalPath?: string
  /** Which entry of the navigation the page belongs to. */
  readonly area?: PageArea
  /** `wide` uses the whole of a wide screen; `text` is as wide as one likes to read. Default: `wide`. */
  readonly width?: 'wide' | 'text'
  /** For search engines, such as `noindex`. */
  readonly robots?: string
  /** Atom feeds of what the page shows, with their addresses. */
  readonly feeds?: readonly { readonly title: string; readonly href: string }[]
  /** Open Graph: property (`og:image`) to content. Title, description and address are there anyway. */
  readonly openGraph?: Readonly<Record<string, string>>
  /** A document of schema.org, written as JSON-LD. */
  readonly structuredData?: object
  /** Modules that add to the page what it does not need. */
  readonly scripts?: readonly Asset[]
  /** What else belongs into `<head>`. */
  readonly head?: Html
}
