/**
 * Holds a document against the rules of RFC 4287: those of its RELAX NG schema for the elements that our feeds have, and those
 * of its text that no schema can say. An element that the schema would not allow at its place is an error, too.
 */
import { DOMParser, type Element } from '@xmldom/xmldom'

const ATOM = 'http://www.w3.org/2005/Atom'
const XHTML = 'http://www.w3.org/1999/xhtml'

type Times = 'one' | 'maybe' | 'any'
/** RFC 4287, 4.1.1 and 4.1.2. */
const inFeed: Record<string, Times> = {
  ...{ id: 'one', title: 'one', updated: 'one', subtitle: 'maybe', rights: 'maybe', generator: 'maybe' },
  ...{ icon: 'maybe', logo: 'maybe', author: 'any', contributor: 'any', category: 'any', link: 'any', entry: 'any' },
}
const inEntry: Record<string, Times> = {
  ...{ id: 'one', title: 'one', updated: 'one', content: 'maybe', published: 'maybe', summary: 'maybe' },
  ...{ rights: 'maybe', source: 'maybe', author: 'any', contributor: 'any', category: 'any', link: 'any' },
}

export interface AtomFeed {
  readonly id: string
  readonly updated: string
  readonly links: Readonly<Record<string, string>>
  readonly entries: readonly AtomEntry[]
}

export interface AtomEntry {
  readonly id: string
  readonly title: string
  readonly updated: string
  readonly links: Readonly<Record<string, string>>
  /** The text of its content, without markup. */
  readonly text: string
  /** Names of all elements in its content. */
  readonly elements: readonly string[]
}

/** The feed of a document; throws with the rule that it breaks. */
export function readAtom(document: string): AtomFeed {
  const parser = new DOMParser({
    onError: (level, message) => {
      // It warns of U+FFFD, which is what stands in the place of what XML cannot hold.
      if (level !== 'warning') throw new Error(`${level}: ${message}`)
    },
  })
  const root = parser.parseFromString(document, 'application/xml').documentElement
  if (root === null) throw new Error('no element')
  rule(root.localName === 'feed' && root.namespaceURI === ATOM, 'the root is an atom:feed')
  holdCounts(root, inFeed)
  rule(childrenNamed(root, 'author').length > 0, 'a feed whose entries have no author has one (4.1.1)')
  for (const author of childrenNamed(root, 'author')) rule(textOf(author, 'name') !== '', 'a person has a name (3.2)')
  const entries = childrenNamed(root, 'entry').map(readEntry)
  rule(new Set(entries.map(({ id }) => id)).size === entries.length, 'no two entries have one id (4.1.1)')
  const links = linksOf(root)
  rule(links['self'] !== undefined, 'a feed should have a link to itself (4.1.1)')
  return { id: idOf(root), updated: timeOf(root), links, entries }
}

function readEntry(entry: Element): AtomEntry {
  holdCounts(entry, inEntry)
  const links = linksOf(entry)
  const [content] = childrenNamed(entry, 'content')
  if (content === undefined) {
    rule(links['alternate'] !== undefined, 'an entry without content has an alternate link (4.1.2)')
    return { id: idOf(entry), title: textOf(entry, 'title'), updated: timeOf(entry), links, text: '', elements: [] }
  }
  rule(content.getAttribute('type') === 'xhtml', 'content is XHTML')
  const children = elementsOf(content)
  const [div] = children
  rule(children.length === 1 && div?.localName === 'div', 'XHTML content is one div (3.1.1.3)')
  const all = [...content.getElementsByTagName('*')]
  rule(
    all.every(({ namespaceURI }) => namespaceURI === XHTML),
    'and all in it is XHTML',
  )
  return {
    id: idOf(entry),
    title: textOf(entry, 'title'),
    updated: timeOf(entry),
    links,
    text: (content.textContent ?? '').trim(),
    elements: all.map(({ localName }) => localName ?? ''),
  }
}

function holdCounts(element: Element, allowed: Record<string, Times>): void {
  for (const { localName, namespaceURI } of elementsOf(element)) {
    rule(namespaceURI === ATOM && allowed[localName ?? ''] !== undefined, `${localName} may stand here`)
  }
  for (const [name, times] of Object.entries(allowed)) {
    const count = childrenNamed(element, name).length
    rule(times === 'any' || count === 1 || (times === 'maybe' && count === 0), `${name} stands here ${times}: ${count}`)
  }
}

function linksOf(element: Element): Record<string, string> {
  const links: Record<string, string> = {}
  for (const link of childrenNamed(element, 'link')) {
    const href = link.getAttribute('href') ?? ''
    rule(URL.canParse(href), `${href} is an address`)
    const relation = link.getAttribute('rel') ?? 'alternate'
    rule(links[relation] === undefined, `one ${relation} link (4.1.1)`)
    rule(/^[\w.+-]+\/[\w.+-]+$/.test(link.getAttribute('type') ?? 'text/html'), 'its type is a media type')
    links[relation] = href
  }
  return links
}

function idOf(element: Element): string {
  const id = textOf(element, 'id')
  rule(URL.canParse(id), `the id ${id} is an absolute IRI (4.2.6)`)
  return id
}

/** RFC 3339, with an upper case T and Z (3.3). */
function timeOf(element: Element): string {
  const time = textOf(element, 'updated')
  rule(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(time), `${time} is a time`)
  return time
}

function textOf(element: Element, name: string): string {
  return childrenNamed(element, name)[0]?.textContent ?? ''
}

function childrenNamed(element: Element, name: string): Element[] {
  return elementsOf(element).filter(({ localName, namespaceURI }) => localName === name && namespaceURI === ATOM)
}

function elementsOf(element: Element): Element[] {
  // Node type 1 is an element (DOM).
  return [...element.childNodes].filter((node): node is Element => node.nodeType === 1)
}

function rule(holds: boolean, text: string): void {
  if (!holds) throw new Error(`broken: ${text}`)
}
