import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { ProfileChange } from '#schemas/events/account-event.ts'
import { Profile } from '#schemas/records/profile.ts'
import { waitFor } from '../support/wait-for.ts'
import { openAccount, pseudonyms } from './open-account.ts'

const account = openAccount()

const get = (token = 'dj') =>
  account.server().inject({ url: '/v1/me/profile', headers: { authorization: `Bearer ${token}` } })
const patch = (body: unknown, token = 'dj', type = 'application/json') =>
  account.server().inject({
    method: 'PATCH',
    url: '/v1/me/profile',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })

const untouched = {
  displayName: null,
  location: { country: null, subdivision: null, city: null },
  genrePreferences: [],
  choices: { charts: false, statistics: true, usage: true },
}

describe('GET /v1/me/profile', () => {
  it('has the defaults for an account that never chose: no consent, nothing known', async () => {
    const answer = await get()
    expect(answer.json()).toEqual(untouched)
    expect(Compile(Profile).Check(answer.json())).toBe(true)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('is for the account of the token alone', async () => {
    await patch({ displayName: 'DJ Tide' }, 'one')
    expect((await get('one')).json()).toMatchObject({ displayName: 'DJ Tide' })
    expect((await get('other')).json()).toEqual(untouched)
  })

  it.each([
    ['expired', 401, 'unauthorized'],
    ['analyst', 403, 'forbidden'],
    ['stranger', 403, 'forbidden'],
  ])('refuses the token of %s', async (token, status, code) => {
    const answer = await get(token)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })

  it('refuses a request without a token', async () => {
    expect((await account.server().inject({ url: '/v1/me/profile' })).statusCode).toBe(401)
  })
})

describe('PATCH /v1/me/profile', () => {
  const whole = {
    displayName: 'DJ Tide',
    location: { country: 'NZ', subdivision: 'NZ-AUK', city: 'Auckland' },
    genrePreferences: ['house'],
    choices: { charts: true, statistics: false, usage: false },
  }

  it('answers with the whole profile, which the next read shows too', async () => {
    const answer = await patch(whole)
    expect([answer.statusCode, answer.json()]).toEqual([200, whole])
    expect((await get()).json()).toEqual(whole)
  })

  it.each(['application/json', 'application/merge-patch+json', 'application/json; charset=utf-8'])(
    'takes %s',
    async (type) => {
      expect((await patch({ displayName: 'T' }, 'dj', type)).json()).toEqual({ ...untouched, displayName: 'T' })
    },
  )

  it('changes only what it names', async () => {
    await patch(whole)
    const changed = { ...whole, choices: { ...whole.choices, charts: false } }
    expect((await patch({ choices: { charts: false } })).json()).toEqual(changed)
  })

  it('takes a member back to its default with null, and a group with one null', async () => {
    await patch(whole)
    const answer = await patch({ displayName: null, genrePreferences: null, location: null, choices: null })
    expect(answer.json()).toEqual(untouched)
  })

  it('appends one event that holds the change, the time, the id of the request and no account id', async () => {
    const { headers } = await patch({ choices: { charts: true }, consentText: '2026-01' }, 'somebody')
    expect(account.events).toEqual([
      {
        v: 1,
        trace: headers['x-request-id'],
        type: 'profile-change',
        owner: pseudonyms.owner('somebody'),
        at: account.clock.nowMs,
        patch: { choices: { charts: true }, consentText: '2026-01' },
      },
    ])
    expect(Compile(ProfileChange).Check(account.events[0])).toBe(true)
    expect(JSON.stringify(account.events)).not.toContain('somebody')
  })

  it('keeps a choice that is made again, with its new time', async () => {
    await patch({ choices: { charts: true } })
    await patch({ choices: { charts: true } })
    expect(account.events).toHaveLength(2)
  })

  it('keeps no unknown member', async () => {
    await patch({ displayName: 'T', email: 'a@example.org', location: { street: 'S' }, choices: { ads: true } })
    expect(account.events).toMatchObject([{ patch: { displayName: 'T', location: {}, choices: {} } }])
    expect(JSON.stringify(account.events)).not.toMatch(/example|street|ads/)
  })

  it('appends nothing where nothing is changed', async () => {
    expect((await patch({})).json()).toEqual(untouched)
    expect((await patch({ consentText: '2026-01' })).json()).toEqual(untouched)
    await patch({ displayName: 'T' })
    expect(account.events).toHaveLength(1)
  })

  it('keeps genres as slugs, each once', async () => {
    const answer = await patch({ genrePreferences: ['Deep House', 'deep-house', 'D&B'] })
    expect(answer.json().genrePreferences).toEqual(['deep-house', 'drum-and-bass'])
  })

  it('takes blanks from around names, and an empty one as none', async () => {
    expect((await patch({ displayName: '  DJ Tide ' })).json().displayName).toBe('DJ Tide')
    expect((await patch({ displayName: ' ' })).json().displayName).toBeNull()
  })
})

describe('a location', () => {
  const errorsOf = async (location: object) => {
    const answer = await patch({ location })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'invalid-profile'])
    expect(account.events).toEqual([])
    return answer.json<{ errors: { path: string; message: string }[] }>().errors
  }

  it('has to have a country that exists', async () => {
    expect(await errorsOf({ country: 'XX' })).toMatchObject([{ path: '/location/country' }])
  })

  it('is told the code that was likely meant', async () => {
    expect((await errorsOf({ country: 'UK' }))[0]?.message).toContain('GB')
  })

  it.each([
    ['YU', 'of Yugoslavia; today it is one of ME, RS'],
    ['SU', 'of USSR; today it is one of AM, AZ,'],
    ['DD', 'of German Democratic Republic; today it is DE'],
    ['AN', 'of Netherlands Antilles; today it is one of BQ, CW, SX'],
    ['TP', 'today it is TL'],
    ['ZR', 'today it is CD'],
    ['FX', 'today it is FR'],
    ['CS', 'today it is one of CZ, ME, RS, SK'],
    ['EU', "reserved for European Union, and no country's"],
    ['SF', 'likely meant is FI'],
    ['nz', 'likely meant is NZ'],
    ['uk', 'likely meant is GB'],
    ['NZL', 'likely meant is NZ'],
    ['New Zealand', 'likely meant is NZ'],
    ['XX', 'look like NZ'],
    ['x'.repeat(5000), 'such as NZ'],
  ])('with the country %.20s is told what would be right', async (country, message) => {
    expect(await errorsOf({ country })).toEqual([
      { path: '/location/country', message: expect.stringContaining(message) },
    ])
  })

  it.each([
    ['FR', 'FR-75', 'is retired; today it is FR-75C'],
    ['CN', 'CN-11', 'today it is CN-BJ'],
    ['IN', 'IN-OR', 'today it is IN-OD'],
    ['NZ', 'nz-auk', 'likely meant is NZ-AUK'],
    ['NZ', 'AUK', 'likely meant is NZ-AUK'],
    ['GB', 'UK-ENG', 'likely meant is GB-ENG'],
    ['NZ', 'NZ-XYZ', 'That country has NZ-AUK'],
    ['NZ', 'US-CA', 'or that be US. That country has NZ-AUK'],
  ])('in %s with the subdivision %s is told what would be right', async (country, subdivision, message) => {
    expect(await errorsOf({ country, subdivision })).toEqual([
      { path: '/location/subdivision', message: expect.stringContaining(message) },
    ])
  })

  it('has to have a subdivision that exists, and is told some that do', async () => {
    const [error] = await errorsOf({ country: 'NZ', subdivision: 'NZ-XYZ' })
    expect(error).toMatchObject({ path: '/location/subdivision', message: expect.stringContaining('NZ-AUK') })
    expect(error?.message).not.toContain('NZ-XYZ')
  })

  it('has to have a subdivision of its country', async () => {
    const [error] = await errorsOf({ country: 'NZ', subdivision: 'US-CA' })
    expect(error).toMatchObject({ path: '/location/subdivision', message: expect.stringContaining('NZ-AUK') })
  })

  it('infers no country from a subdivision, but says that it is missing', async () => {
    expect(await errorsOf({ subdivision: 'NZ-AUK' })).toMatchObject([
      { path: '/location/country', message: expect.stringContaining('must be set') },
    ])
  })

  it('may be set member by member, as long as the whole is right', async () => {
    await patch({ location: { country: 'NZ' } })
    expect((await patch({ location: { subdivision: 'NZ-AUK' } })).json().location).toEqual({
      country: 'NZ',
      subdivision: 'NZ-AUK',
      city: null,
    })
  })

  it('keeps its country while a subdivision stands on it', async () => {
    await patch({ location: { country: 'NZ', subdivision: 'NZ-AUK' } })
    for (const country of [null, 'AU']) {
      const answer = await patch({ location: { country } })
      expect(answer.statusCode).toBe(422)
    }
    expect((await patch({ location: { country: 'AU', subdivision: null } })).json().location.country).toBe('AU')
  })

  it('may be a country without subdivisions, and is told that it has none', async () => {
    expect((await patch({ location: { country: 'AQ' } })).statusCode).toBe(200)
    const answer = await patch({ location: { subdivision: 'NZ-AUK' } })
    expect(answer.json().errors[0].message).toContain('has none')
  })
})

describe('a profile that makes no sense', () => {
  it.each([
    ['/displayName', { displayName: 5 }],
    ['/displayName', { displayName: 'x'.repeat(1001) }],
    ['/displayName', { displayName: 'a\u0000b' }],
    ['/displayName', { displayName: '\ud800' }],
    ['/location', { location: 'NZ' }],
    ['/location/country', { location: { country: 'nz' } }],
    ['/location/country', { location: { country: ['NZ'] } }],
    ['/location/subdivision', { location: { country: 'NZ', subdivision: 'AUK' } }],
    ['/location/city', { location: { city: {} } }],
    ['/genrePreferences', { genrePreferences: 'house' }],
    ['/genrePreferences', { genrePreferences: Array(21).fill('house') }],
    ['/genrePreferences/1', { genrePreferences: ['house', ''] }],
    ['/genrePreferences/1', { genrePreferences: ['house', '!!!'] }],
    ['/choices', { choices: true }],
    ['/choices/charts', { choices: { charts: 'yes' } }],
    ['/consentText', { consentText: 'x'.repeat(201) }],
    ['/birthDate', { birthDate: '17.5.1990' }],
    ['/birthDate', { birthDate: '1990-02-30' }],
    ['/birthDate', { birthDate: '2990-05-17' }],
    ['', []],
    ['', null],
    ['', 'text'],
  ])('is refused at "%s" and changes nothing', async (path, body) => {
    const answer = await patch(JSON.stringify(body))
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'invalid-profile', errors: [{ path }] })
    expect(answer.json().errors).toHaveLength(1)
    await patch({ displayName: 'T' })
    expect(account.events).toHaveLength(1)
  })

  it('is told all places at once', async () => {
    const answer = await patch({ displayName: 5, choices: { charts: 'yes', usage: 1 } })
    expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual([
      '/displayName',
      '/choices/charts',
      '/choices/usage',
    ])
  })

  it.each([
    ['{"displayName":', 'application/json', 400, 'unreadable-body'],
    ['', 'application/json', 400, 'unreadable-body'],
    ['{"__proto__":{"a":1}}', 'application/json', 400, 'unreadable-body'],
    ['displayName=T', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['T', 'text/plain', 415, 'unsupported-media-type'],
    [`{"displayName":"${'x'.repeat(70_000)}"}`, 'application/json', 413, 'body-too-large'],
  ])('%.20s as %s is refused', async (body, type, status, code) => {
    const answer = await patch(body, 'dj', type)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })
})

describe('a birth date', () => {
  it('is checked and never kept', async () => {
    const answer = await patch({ displayName: 'T', birthDate: '1990-05-17' })
    expect(answer.statusCode).toBe(200)
    expect(JSON.stringify([answer.json(), account.events])).not.toMatch(/1990|birth/)
  })

  it('of somebody who turns 16 today is enough', async () => {
    expect((await patch({ birthDate: '2010-02-18' })).statusCode).toBe(200)
  })

  it('of somebody who turns 16 tomorrow refuses the change, keeps nothing of it, and erases and blocks the account', async () => {
    const answer = await patch({ displayName: 'T', birthDate: '2010-02-19', choices: { charts: true } })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'under-age'])
    expect(answer.body).not.toContain('2010')
    expect((await get()).json()).toEqual(untouched)
    await waitFor('both events', () => account.events.length === 2)
    expect(account.events).toMatchObject([{ type: 'account-erased' }, { type: 'account-block', block: 'under-age' }])
    expect(JSON.stringify(account.events)).not.toMatch(/2010|birth/)
  })

  it('on 29 February is of age on 1 March of a year without that day', async () => {
    account.clock.nowMs = Date.parse('2116-02-28T12:00:00Z')
    expect((await patch({ birthDate: '2100-02-28' })).statusCode).toBe(200)
    account.clock.nowMs = Date.parse('2026-02-28T23:59:59Z')
    expect((await patch({ birthDate: '2012-02-29' })).statusCode).toBe(403)
    account.clock.nowMs = Date.parse('2028-02-29T00:00:00Z')
    expect((await patch({ birthDate: '2012-02-29' })).statusCode).toBe(200)
  })
})

describe('two changes at the same time', () => {
  it('of different members both hold', async () => {
    await Promise.all([patch({ displayName: 'T' }), patch({ choices: { charts: true } })])
    const profile = await waitFor('both changes', async () => {
      const seen = (await get()).json<Profile>()
      return seen.displayName !== null && seen.choices.charts ? seen : undefined
    })
    expect(profile).toMatchObject({ displayName: 'T', choices: { charts: true } })
  })
})
