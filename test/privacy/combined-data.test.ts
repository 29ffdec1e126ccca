import { describe, expect, it } from 'vitest'
import { columns, databaseAudiences } from '#schemas/privacy/columns.ts'
import { profileFields } from '#schemas/privacy/fields.ts'
import { type Audience, type LabelName, labels, type PrivacyLabel } from '#schemas/privacy/labels.ts'

const labelsAmong = (names: readonly string[]): readonly PrivacyLabel[] =>
  names.flatMap((name) => (name in labels ? [labels[name as LabelName]] : [])) // `in` tells that it is one of them

/** Who may read a combination: only who may read each part of it. */
function audiencesOfAll(parts: readonly { readonly audiences: readonly Audience[] }[]): Audience[] {
  const [first, ...others] = parts
  return (first?.audiences ?? []).filter((one) => others.every(({ audiences }) => audiences.includes(one)))
}

const personalTables = Object.entries(columns).flatMap(([table, ofTable]) => {
  const parts = labelsAmong(Object.values(ofTable))
  return parts.length === 0 ? [] : [{ table, parts }]
})
const namesSomebody = ({ parts }: { parts: readonly PrivacyLabel[] }) =>
  parts.some(({ category }) => category === 'user.unique_id.pseudonymous')

describe('PRIVACY 13: a row that joins personal data with other data', () => {
  it('may be read by those alone who may read each part of it, and they are the audience of its database', () => {
    expect(personalTables.filter(namesSomebody).length).toBeGreaterThan(15)
    for (const { table, parts } of personalTables) {
      const audience = databaseAudiences[table.split('.', 1)[0] ?? '']
      expect(audiencesOfAll(parts), table).toContain(audience)
    }
  })

  it('is for neither everybody nor analysts where one part of it names somebody, whatever stands beside', () => {
    for (const { table, parts } of personalTables.filter(namesSomebody)) {
      const audience = databaseAudiences[table.split('.', 1)[0] ?? '']
      expect(audiencesOfAll(parts), table).toEqual([audience])
    }
  })

  it('has, where one column holds members of several labels, a label as strict as the strictest of them', () => {
    const members = labelsAmong(Object.values(profileFields).filter((name) => name !== 'consent-record'))
    expect(audiencesOfAll([labels['profile-member']])).toEqual(audiencesOfAll(members))
  })

  it('would be found where a column for everybody made the whole row so', () => {
    expect(audiencesOfAll([labels['track-text'], labels['owner-key']])).toEqual(['owner'])
    expect(audiencesOfAll([labels['track-text'], labels.contributor])).toEqual(['charts'])
    expect(audiencesOfAll([labels['owner-key'], labels.contributor])).toEqual([])
  })
})
