/**
 * The profile and the choices. What is allowed, and what it then means, the API's own function decides.
 * @module
 */
import type { FastifyInstance } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { countryOfSubdivision } from '#rules/regions.ts'
import type { Profile } from '#schemas/records/profile.ts'
import { changeProfile, readProfile } from '../change-profile.ts'
import { type Choice, consentVersion } from './consent-texts.ts'
import type { OwnPagesDependencies } from './own-pages-options.ts'
import type { Form } from './sign-in/read-form.ts'
import { choicesPage } from './views/choices-page.ts'
import { outcomeQuery, readOutcome } from './views/own-page.ts'
import { profilePage } from './views/profile-page.ts'
import { sendPage, visitFormOf, visitOf } from './visit.ts'

type Query = Readonly<Record<string, unknown>>

const choiceNames: readonly Choice[] = ['charts', 'statistics', 'usage']

export function profileRoutes(server: FastifyInstance, dependencies: OwnPagesDependencies): void {
  const { store } = dependencies

  server.get<{ Querystring: Query }>('/me/profile', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    const profile = await readProfile(store, visit.owner)
    const shown = { profile, wrong: new Set<string>(), outcome: readOutcome(request.query) }
    return sendPage(reply, profilePage(shown, visit), visit.locale)
  })

  server.post('/me/profile', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    const wanted = profileOf(visitFormOf(request))
    try {
      await changeProfile(visit.owner, wanted, { ...dependencies, trace: request.id })
      return reply.redirect(visit.locale.link('/me/profile') + outcomeQuery(true), 303)
    } catch (error) {
      const wrong = wrongMembers(error)
      if (wrong === undefined) throw error
      const profile = { ...(await readProfile(store, visit.owner)), ...wanted }
      return sendPage(reply, profilePage({ profile, wrong, outcome: 'refused' }, visit), visit.locale, 422)
    }
  })

  server.get<{ Querystring: Query }>('/me/choices', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    const { choices } = await readProfile(store, visit.owner)
    return sendPage(reply, choicesPage({ choices, outcome: readOutcome(request.query) }, visit), visit.locale)
  })

  server.post('/me/choices', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    const form = visitFormOf(request)
    const choice = choiceNames.find((name) => name === form.get('choice'))
    const value = form.get('value') === 'yes'
    // Only what is shown now can be agreed to: the page may be older than the text.
    const version = choice && consentVersion(choice, visit.locale.language)
    if (choice === undefined || version !== form.get('version')) throw new HttpProblem('form-refused')
    const birthDate = choice === 'charts' && value ? { birthDate: form.get('birthDate') ?? '' } : {}
    const patch = { choices: { [choice]: value }, consentText: version, ...birthDate }
    try {
      await changeProfile(visit.owner, patch, { ...dependencies, trace: request.id })
      return reply.redirect(visit.locale.link('/me/choices') + outcomeQuery(true), 303)
    } catch (error) {
      if (wrongMembers(error)?.has('birthDate') !== true) throw error
      const { choices } = await readProfile(store, visit.owner)
      const page = choicesPage({ choices, isBirthDateWrong: true, outcome: 'refused' }, visit)
      return sendPage(reply, page, visit.locale, 422)
    }
  })
}

/** A region that is not the country's goes: its list was that of the country before. */
function profileOf(form: Form): Omit<Profile, 'choices'> {
  const text = (name: string) => form.get(name)?.trim() || null
  const [country, region] = [text('country'), text('subdivision')]
  const subdivision = region !== null && countryOfSubdivision(region) === country ? region : null
  return {
    displayName: text('displayName'),
    location: { country, subdivision, city: text('city') },
    genrePreferences: form.getAll('genre'),
  }
}

/** Names of the members that a change was refused for; `undefined` where it failed for another reason. */
function wrongMembers(error: unknown): ReadonlySet<string> | undefined {
  if (!(error instanceof HttpProblem) || error.code !== 'invalid-profile') return undefined
  return new Set(
    (error.extras.errors ?? []).flatMap(({ path }) => path.split('/').filter((part) => part !== 'location')),
  )
}
