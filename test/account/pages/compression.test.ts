import { describe, expect, it } from 'vitest'
import { sessionOf } from '../../support/session-of.ts'
import { openService } from '../open-service.ts'

const service = openService()

describe('a page of somebody who is signed in', () => {
  /** In which form the page comes to a browser that says this of where it was asked for. */
  async function formOf(path: string, headers: Readonly<Record<string, string>>) {
    const visitor = await service.visitor('ana')
    const page = await visitor.get(path, { 'accept-encoding': 'gzip, br', ...headers })
    expect(page.text).toContain('</html>')
    expect(page.headers.get('vary')).toBe('accept, accept-encoding, sec-fetch-site')
    return page.headers.get('content-encoding')
  }

  it.each(['same-origin', 'none'])('is compressed where it was asked for from here (%s)', async (site) => {
    expect(await formOf('/me', { 'sec-fetch-site': site })).toBe('br')
    expect(await formOf('/me/sessions/nowhere', { 'sec-fetch-site': site })).toBe('br')
    expect(await formOf('/me', { 'sec-fetch-site': site, 'accept-encoding': 'gzip' })).toBe('gzip')
    expect(await formOf('/me', { 'sec-fetch-site': site, 'accept-encoding': 'br;q=0' })).toBeNull()
  })

  it.each([{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}])(
    'comes as it is to who may have been sent by others with their words: %o',
    async (headers) => {
      expect(await formOf('/me/sessions?q=guess', headers)).toBeNull()
      expect(await formOf('/me/sessions/nowhere', headers)).toBeNull()
    },
  )

  it('is the same page, whichever way it came', async () => {
    await service.api('ana').post('/v1/sessions', { json: sessionOf('1') })
    await service.settled()
    const visitor = await service.visitor('ana')
    const [plain, compressed] = [
      await visitor.get('/me/sessions'),
      await visitor.get('/me/sessions', { 'sec-fetch-site': 'none' }),
    ]
    expect(compressed.text).toBe(plain.text)
  })
})
