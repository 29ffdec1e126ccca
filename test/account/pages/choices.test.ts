import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { languages } from '#platform/pages/language.ts'
import { textsOf } from '#platform/pages/texts/texts.ts'
import type { Profile } from '#schemas/records/profile.ts'
import { consentVersion } from '../../../services/account/pages/consent-texts.ts'
import { sessionOf } from '../../support/session-of.ts'
import { waitFor } from '../../support/wait-for.ts'
import { openService } from '../open-service.ts'

const service = openService()
let accounts = 0
async function newDj() {
  accounts += 1
  const account = `dj-${accounts}`
  const api = service.api(account)
  const profile = async () => (await api.get('/v1/me/profile')).json<Profile>()
  return { api, profile, visitor: await service.visitor(account) }
}

/** The fields of the choice's form on a page. */
function fieldsOf(page: string, choice: string): Record<string, string> {
  const form = page.split('<form').find((part) => part.includes(`name="choice" value="${choice}"`)) ?? ''
  const names = ['choice', 'value', 'version']
  return Object.fromEntries(
    names.map((name) => [name, new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '']),
  )
}

describe('the profile', () => {
  it('is changed by one form, and shown as it then is', async () => {
    const { visitor, profile } = await newDj()
    await visitor.get('/me/profile')
    const page = await visitor.post('/me/profile', {
      ...{ displayName: ' DJ <Tide> ', country: 'NZ', subdivision: '', city: 'Auckland' },
      genre: ['house', 'deep-house'],
    })
    expect([page.status, page.path]).toEqual([200, '/me/profile?saved=yes'])
    expect(page.text).toContain('value="DJ &lt;Tide&gt;"')
    expect(page.text).toContain('<option value="NZ" selected>New Zealand</option>')
    expect(page.text).toContain('<option value="NZ-AUK">Auckland</option>')
    await visitor.post('/me/profile', { country: 'NZ', subdivision: 'NZ-AUK', genre: 'house' })
    expect(await profile()).toMatchObject({
      displayName: null,
      location: { country: 'NZ', subdivision: 'NZ-AUK', city: null },
      genrePreferences: ['house'],
    })
  })

  it('loses a region that is not in the new country', async () => {
    const { visitor, profile } = await newDj()
    await visitor.get('/me/profile')
    await visitor.post('/me/profile', { country: 'DE', subdivision: 'NZ-AUK' })
    expect((await profile()).location).toEqual({ country: 'DE', subdivision: null, city: null })
  })

  it.each([
    ['displayName', { displayName: 'x'.repeat(1001) }],
    ['city', { city: 'a\u0000b' }],
    ['country', { country: 'XX' }],
    ['genrePreferences', { genre: Array.from({ length: 21 }, (_, index) => `genre-${index}`) }],
  ] as const)('is not changed where %s cannot be, and the field says so', async (name, fields) => {
    const { visitor, profile } = await newDj()
    const before = await profile()
    await visitor.get('/me/profile')
    const page = await visitor.post('/me/profile', fields)
    expect(page.status).toBe(422)
    expect(page.text).toContain(textsOf('en').ownProfile.errors[name])
    expect(await profile()).toEqual(before)
  })
})

describe('the consent to charts', () => {
  it('is given to a text, whose version is kept with it, and withdrawn', async () => {
    const { api, visitor, profile } = await newDj()
    const page = await visitor.get('/de/me/choices')
    const given = await visitor.post('/de/me/choices', { ...fieldsOf(page.text, 'charts'), birthDate: '1990-05-17' })
    expect([given.path, given.text.includes('Du trägst bei.')]).toEqual(['/de/me/choices?saved=yes', true])
    expect((await profile()).choices.charts).toBe(true)
    const kept = (await api.get('/v1/me/export')).text
    expect(kept).toContain('pages-charts-1-de')
    expect(kept).not.toContain('1990-05-17')
    await visitor.post('/de/me/choices', fieldsOf(given.text, 'charts'))
    expect((await profile()).choices.charts).toBe(false)
  })

  it.each(['', '17.05.1990', '2190-01-01'])('is not given with the date of birth "%s"', async (birthDate) => {
    const { visitor, profile } = await newDj()
    const page = await visitor.get('/me/choices')
    const refused = await visitor.post('/me/choices', { ...fieldsOf(page.text, 'charts'), birthDate })
    expect([refused.status, refused.text.includes('A date in the past')]).toEqual([422, true])
    expect((await profile()).choices.charts).toBe(false)
  })

  it('is refused to who is under 16, whose account is erased and says so', async () => {
    const { api, visitor } = await newDj()
    await api.post('/v1/sessions', { json: sessionOf('1') })
    const page = await visitor.get('/me/choices')
    const refused = await visitor.post('/me/choices', { ...fieldsOf(page.text, 'charts'), birthDate: '2015-01-01' })
    expect([refused.status, refused.text.includes('16')]).toEqual([403, true])
    await service.settled()
    expect((await visitor.get('/me')).text).toContain('Tonearm is for people of 16 and older.')
    expect((await api.get('/v1/me/sessions')).json()).toEqual({ sessions: [] })
  })

  it('is given only to the text that is shown today', async () => {
    const { visitor } = await newDj()
    const page = await visitor.get('/me/choices')
    const old = { ...fieldsOf(page.text, 'charts'), version: 'pages-charts-0-en', birthDate: '1990-05-17' }
    expect((await visitor.post('/me/choices', old)).status).toBe(403)
  })

  it('has another version for another text', () => {
    const hashes = languages.flatMap((language) => {
      const { ownProfile } = textsOf(language)
      return (['charts', 'statistics', 'usage'] as const).map((choice) => {
        const hash = createHash('sha256').update(ownProfile.consent[choice]).digest('hex').slice(0, 12)
        return `${consentVersion(choice, language)} ${hash}`
      })
    })
    // Where this fails, the text of a choice was changed: raise its version, and write down the new hash.
    expect(hashes).toMatchInlineSnapshot(`
      [
        "pages-charts-1-en 5484d06d1cb1",
        "pages-statistics-1-en 87e7fe14223a",
        "pages-usage-1-en 90ee4ecca224",
        "pages-charts-1-de a8ad2ac6d5ad",
        "pages-statistics-1-de 551c2f690494",
        "pages-usage-1-de 307812470c19",
      ]
    `)
  })
})

it('takes objections to statistics and to usage, and takes them back', async () => {
  const { visitor, profile } = await newDj()
  for (const choice of ['statistics', 'usage'] as const) {
    const page = await visitor.get('/me/choices')
    const objected = await visitor.post('/me/choices', fieldsOf(page.text, choice))
    expect((await profile()).choices[choice]).toBe(false)
    await visitor.post('/me/choices', fieldsOf(objected.text, choice))
    expect((await profile()).choices[choice]).toBe(true)
  }
})

describe('the data of an account', () => {
  it('is downloaded as the API gives it', async () => {
    const { api, visitor } = await newDj()
    await api.post('/v1/sessions', { json: sessionOf('1') })
    await service.settled()
    await visitor.get('/me/data')
    const file = await visitor.post('/me/export', {})
    expect(file.headers.get('content-disposition')).toContain('attachment')
    expect(JSON.parse(file.text).sessions).toEqual((await api.get('/v1/me/export')).json()['sessions'])
    expect(JSON.parse(file.text).sessions).toHaveLength(1)
  })

  it('is erased after it was asked for, with a receipt that needs no sign-in', async () => {
    const { api, visitor } = await newDj()
    await api.post('/v1/sessions', { json: sessionOf('1') })
    await service.settled()
    await visitor.get('/me/erase')
    expect((await visitor.post('/me/erase', {})).status).toBe(422)
    const receipt = await visitor.post('/me/erase', { understood: 'yes' })
    expect([receipt.status, receipt.text.includes('Receipt of an erasure')]).toEqual([200, true])
    expect(visitor.cookies.size).toBe(0)
    const stranger = await service.visitor()
    expect((await stranger.get(receipt.path)).status).toBe(200)
    expect((await stranger.get(`/de${receipt.path}`)).text).toContain('Quittung einer Löschung')
    expect((await stranger.get('/me/erasures/nonsense')).status).toBe(404)
    await service.settled()
    await waitFor('the sessions to go', async () => {
      return (await api.get('/v1/me/sessions')).text === '{"sessions":[]}'
    })
  })

  it('may begin anew after it was erased', async () => {
    const { api } = await newDj()
    await api.delete('/v1/me')
    await service.settled()
    const visitor = await service.visitor(`dj-${accounts}`)
    expect((await visitor.get('/me')).text).toContain('This account was erased')
    await visitor.post('/me/begin', {})
    await service.settled()
    expect((await visitor.get('/me')).text).not.toContain('This account was erased')
  })
})
