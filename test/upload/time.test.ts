import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTime, utcOrEmpty } from '../../services/upload/time.ts'

const instants = fc.date({ min: new Date(0), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })
const offsets = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 })

it('reads an instant from its text at any offset', () => {
  fc.assert(
    fc.property(instants, offsets, (instant, offsetMinutes) => {
      const local = new Date(instant.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1)
      const pad = (number: number) => String(Math.trunc(number)).padStart(2, '0')
      const minutes = Math.abs(offsetMinutes)
      const offset = `${offsetMinutes < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`
      expect(readTime(`${local}${offset}`)).toEqual({ utc: instant.toISOString() })
    }),
  )
})

it.each([
  ['2026-02-13T20:58:00+13:00', '2026-02-13T07:58:00.000Z'],
  ['2026-02-13T20:58:00-00:00', '2026-02-13T20:58:00.000Z'],
  ['2026-02-13t20:58:00.5z', '2026-02-13T20:58:00.500Z'],
  ['2026-02-13T20:58:00.123999999Z', '2026-02-13T20:58:00.123Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
])('reads %s', (text, utc) => {
  expect(readTime(text)).toEqual({ utc })
})

it.each([
  '',
  '2026-02-13',
  '2026-02-13T20:58:00',
  '2026-02-13 20:58:00Z',
  '2026-02-13T20:58Z',
  '2026-02-13T24:00:00Z',
  '2026-02-13T20:60:00Z',
  '2026-02-13T20:58:00+1300',
  '2026-02-13T20:58:00+24:00',
  '2025-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-02-13T20:58:00.Z',
  '２０26-02-13T20:58:00Z',
  '2026-02-13T20:58:00Z\n',
])('does not read %j', (text) => {
  expect(readTime(text)).toEqual({ fault: 'invalid-time' })
})

it.each([
  '1969-12-31T23:59:59.999Z',
  '2100-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0080-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
])('finds %s out of range', (text) => {
  expect(readTime(text)).toEqual({ fault: 'time-out-of-range' })
  expect(utcOrEmpty(text)).toBe('')
})
