import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCsv } from './csv.ts'

it('reads commas, line ends and quotes within quotes, an empty last field, and both line ends', () => {
  expect(readCsv('a,b\r\n1,"x, ""y""\nz"\n2,\n')).toEqual([
    { a: '1', b: 'x, "y"\nz' },
    { a: '2', b: '' },
  ])
  expect(readCsv('a,b\n1,')).toEqual([{ a: '1', b: '' }])
  expect(() => readCsv('a,b\n1\n')).toThrow('row 1 has 1 of 2 fields')
  expect(() => readCsv('a\nx"y"\n')).toThrow('not CSV')
})

it('reads back any texts that were quoted', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (rows) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
      const csv = ['a,b', ...rows.map((row) => row.map(quote).join(','))].join('\n')
      expect(readCsv(csv)).toEqual(rows.map(([a, b]) => ({ a, b })))
    }),
  )
})
