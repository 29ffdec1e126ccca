/**
 * The entries of the main navigation, in their order.
 * @module
 */
import type { Locale } from './locale.ts'
import type { PageArea } from './page.ts'

interface NavigationEntry {
  readonly area: PageArea
  readonly path: string
  readonly name: string
  /** The key that leads there, from every page. */
  readonly key?: string
}

export function navigation({ texts, link }: Locale): readonly NavigationEntry[] {
  return [
    { area: 'charts', path: link('/charts/world/all/latest'), name: texts.layout.charts },
    { area: 'search', path: link('/search'), name: texts.layout.search, key: '/' },
    { area: 'me', path: link('/me'), name: texts.layout.me },
  ]
}
