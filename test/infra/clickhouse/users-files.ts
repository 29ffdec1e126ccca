/**
 * What the files in `infra/clickhouse/users.d` say, read as a server reads them: all of them together.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DOMParser, type Element } from '@xmldom/xmldom'

export const usersFolder = fileURLToPath(new URL('../../../infra/clickhouse/users.d/', import.meta.url))

const documents = readdirSync(usersFolder).map((file) => {
  const root = new DOMParser().parseFromString(
    readFileSync(`${usersFolder}${file}`, 'utf8'),
    'text/xml',
  ).documentElement
  if (root === null) throw new Error(`${file} has no element`)
  return root
})

function childrenOf(element: Element): Element[] {
  return [...element.childNodes].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
}

/** Names of the elements directly in one. */
export const childNamesOf = (element: Element): string[] => childrenOf(element).map(({ tagName }) => tagName)

/** The elements of a section (`users`, `roles`, `profiles`, `quotas`) over all files, by name. */
export function sectionOf(name: string): ReadonlyMap<string, Element> {
  const sections = documents.flatMap((root) => childrenOf(root).filter((child) => child.tagName === name))
  return new Map(sections.flatMap((section) => childrenOf(section).map((entry) => [entry.tagName, entry])))
}

/** The settings of a profile, with those of the profiles that it builds on. */
export function settingsOfProfile(name: string): ReadonlyMap<string, string> {
  const profile = sectionOf('profiles').get(name)
  if (profile === undefined) throw new Error(`there is no profile ${name}`)
  const settings = new Map<string, string>()
  for (const { tagName, textContent } of childrenOf(profile)) {
    const text = textContent ?? ''
    if (tagName === 'profile') for (const [inherited, value] of settingsOfProfile(text)) settings.set(inherited, value)
    else if (tagName !== 'constraints') settings.set(tagName, text)
  }
  return settings
}
