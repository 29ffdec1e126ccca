import type { Element } from '@xmldom/xmldom'
import { expect, it } from 'vitest'
import { clusterSettings, serverSettings } from '#platform/store/engine-settings.ts'
import { storeAccounts } from '../services.ts'
import { sectionOf, settingsOfProfile } from './users-files.ts'

/** The limits of a profile by setting, with those of the profiles that it builds on. */
function limitsOf(profile: string): Map<string, Element> {
  const section = sectionOf('profiles').get(profile)
  const elements = (parent: Element | undefined) =>
    [...(parent?.childNodes ?? [])].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
  const limits = new Map<string, Element>()
  for (const element of elements(section)) {
    if (element.tagName === 'profile') for (const entry of limitsOf(element.textContent ?? '')) limits.set(...entry)
    if (element.tagName === 'constraints') for (const limit of elements(element)) limits.set(limit.tagName, limit)
  }
  return limits
}

it.each(storeAccounts)(
  'lets %s send the settings that its statements need, within the limits of its account',
  (account) => {
    const profile = settingsOfProfile(account)
    const limits = limitsOf(account)
    expect(limits.size).toBeGreaterThan(0)
    for (const [name, value] of Object.entries({ ...serverSettings, ...clusterSettings })) {
      const limit = limits.get(name)
      const numberOf = (tag: string) => limit?.getElementsByTagName(tag)[0]?.textContent
      if (limit?.getElementsByTagName('readonly')[0] !== undefined) expect(String(value), name).toBe(profile.get(name))
      expect(Number(value) > Number(numberOf('max') ?? Number.POSITIVE_INFINITY), name).toBe(false)
      expect(Number(value) < Number(numberOf('min') ?? Number.NEGATIVE_INFINITY), name).toBe(false)
    }
  },
)
