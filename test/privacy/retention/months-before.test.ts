import fc from 'fast-check'
import { expect, it } from 'vitest'
import { monthsBefore } from '../../../services/privacy/retention/months-before.ts'

it.each([
  ['2026-02-14T12:00:00.000Z', 36, '2023-02-14T12:00:00.000Z'],
  ['2026-03-31T00:00:00.000Z', 1, '2026-02-28T00:00:00.000Z'],
  ['2024-03-31T23:59:59.999Z', 1, '2024-02-29T23:59:59.999Z'],
  ['2024-02-29T08:00:00.000Z', 12, '2023-02-28T08:00:00.000Z'],
  ['2026-01-15T00:00:00.000Z', 1, '2025-12-15T00:00:00.000Z'],
])('from %s, %i months back is %s', (from, months, wanted) => {
  expect(new Date(monthsBefore(Date.parse(from), months)).toISOString()).toBe(wanted)
})

it('always lies in the month that is so many before, at the same time of day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 400 }), (timeMs, months) => {
      const [from, to] = [new Date(timeMs), new Date(monthsBefore(timeMs, months))]
      const monthOf = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth()
      expect(monthOf(from) - monthOf(to)).toBe(months)
      expect(to.toISOString().slice(10)).toBe(from.toISOString().slice(10))
    }),
  )
})
