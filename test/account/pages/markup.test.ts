import { describe, expect, it } from 'vitest'
import { languages, pathInLanguage } from '#platform/pages/language.ts'
import { htmlErrors } from '../../support/html-errors.ts'
import { sessionOf } from '../../support/session-of.ts'
import { openService } from '../open-service.ts'

const service = openService()

/** A DJ with a session, and the paths of every page. */
async function everyPage(account: string) {
  const api = service.api(account)
  const answer = await api.post('/v1/sessions', { json: sessionOf('1', { name: 'A night', visibility: 'public' }) })
  const { key } = answer.json<{ accepted: { key: string }[] }>().accepted[0] ?? { key: '' }
  const gone = service.api(`${account}-gone`)
  const { receipt } = (await gone.delete('/v1/me')).json<{ receipt: string }>()
  await service.settled()
  return [
    ...['/me', '/me/sessions', '/me/sessions?q=nothing', `/me/sessions/${key}`, `/me/sessions/${key}/delete`],
    ...[
      '/me/profile',
      '/me/choices',
      '/me/upload',
      '/me/data',
      '/me/erase',
      `/me/erasures/${receipt}`,
      '/me/signed-out',
    ],
  ]
}

describe.each(languages)('the pages in %s', (language) => {
  it('are valid HTML, kept by nobody, found by no search engine, and no key of a secret is in their title', async () => {
    const paths = await everyPage(`dj-${language}`)
    const visitor = await service.visitor(`dj-${language}`)
    for (const path of paths) {
      const page = await visitor.get(pathInLanguage(path, language))
      expect([path, page.status, await htmlErrors(page.text)]).toEqual([path, 200, []])
      expect(page.text).toContain(`<html lang="${language}">`)
      expect(page.text).toContain('<meta name="robots" content="noindex">')
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.headers.get('referrer-policy')).toBe('same-origin')
    }
  })

  it('of signing in are valid HTML', async () => {
    const visitor = await service.visitor()
    for (const path of ['/me/sign-in', '/me/sign-in?code=nonsense', await service.link('ana')]) {
      expect(await htmlErrors((await visitor.get(pathInLanguage(path, language))).text)).toEqual([])
    }
  })
})
