import { expect, it } from 'vitest'
import { operatingSystemName } from '#rules/tags/operating-system.ts'

it.each([
  ['macOS 14.5', 'macOS'],
  ['  Mac  OS X 10.15.7 ', 'Mac OS X'],
  ['Windows 11 Pro', 'Windows'],
  ['Windows', 'Windows'],
  ['Ubuntu v24.04 LTS', 'Ubuntu'],
  ['Linux (6.8.0-generic)', 'Linux'],
  ['14.5', ''],
  ['', ''],
  ['x'.repeat(1000), ''],
])('says of the operating system %j its name alone: %j', (text, name) => {
  expect(operatingSystemName(text)).toBe(name)
})
