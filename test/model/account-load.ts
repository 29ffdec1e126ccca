/**
 * DJs who use the service while parts of it die: each sends, sends again, edits, deletes, consents and moves, one request
 * after the other, and writes down what was answered. A request without an answer is sent again until there is one.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { AccountEvent, ProfileChange, SessionChoices } from '#schemas/events/account-event.ts'
import type { Session, UploadResult } from '#schemas/records/session.ts'
import type { ApiAnswer, ApiClient } from '../support/api-client.ts'

export interface AccountLoadOptions {
  readonly seed: number
  readonly accounts: number
  /** Sessions of all accounts together, those sent again not counted. */
  readonly sessions: number
  readonly sessionsPerRequest: number
  readonly pseudonyms: Pick<Pseudonyms, 'owner'>
  readonly api: (account: string) => Promise<ApiClient>
  /** Awaited before each request, with how much of the load has been answered, from 0 to 1. */
  readonly pace?: (done: number) => Promise<void>
}

export interface AccountLoad {
  /** What was answered, by account, in order. */
  readonly events: readonly (readonly AccountEvent[])[]
  /** Requests that got no answer, or none that says what became of them. */
  unanswered(): number
  /** From 0 to 1. */
  done(): number
  /** Resolves when everything was answered. Rejects where an answer is none of those that the contract has. */
  run(): Promise<void>
}

const RETRY_MS = 100
const locations = [{ country: 'NZ', subdivision: 'NZ-AUK' }, { country: 'NZ' }, { country: 'DE' }, { country: 'FR' }]

type Step = 'upload' | 'again' | 'choose' | 'delete' | 'withdraw' | 'consent' | 'move'

/** What an account does between two uploads. */
const betweenUploads = fc.array(
  fc.constantFrom<Step>('again', 'choose', 'choose', 'delete', 'withdraw', 'consent', 'consent', 'move'),
  { maxLength: 2 },
)

export function createAccountLoad(options: AccountLoadOptions): AccountLoad {
  const { seed, accounts, sessions, sessionsPerRequest, pseudonyms, api, pace } = options
  const uploads = Math.ceil(sessions / accounts / sessionsPerRequest)
  const plans = fc.sample(fc.array(betweenUploads, { minLength: uploads, maxLength: uploads }), {
    numRuns: accounts,
    seed,
  })
  const events: AccountEvent[][] = plans.map(() => [])
  const counts = { unanswered: 0, uploads: 0 }
  const done = () => counts.uploads / (uploads * accounts)

  /** Sends until there is an answer that tells what became of it. */
  async function answered(send: () => Promise<ApiAnswer>, expected: number): Promise<ApiAnswer> {
    for (;;) {
      await pace?.(done())
      const answer = await send().catch(() => undefined)
      if (answer?.status === expected) return answer
      if (answer !== undefined && answer.status < 500) throw new Error(`${answer.status}: ${answer.text}`)
      counts.unanswered += 1
      await sleep(RETRY_MS)
    }
  }

  async function runAccount(account: number): Promise<void> {
    const name = `dj-${account}`
    const owner = pseudonyms.owner(name)
    const client = await api(name)
    const own = events[account] ?? []
    const envelope = () => ({ v: 1, owner, at: Date.now() }) as const
    const keys: string[] = []
    let numbers: readonly number[] = []

    const profile = async (patch: ProfileChange['patch']) => {
      await answered(() => client.patch('/v1/me/profile', patch), 200)
      own.push({ ...envelope(), type: 'profile-change', patch })
    }
    const upload = async (edition: number) => {
      const sent = numbers.map((number) => sessionOf(account, number, edition))
      const answer = await answered(() => client.post('/v1/sessions', { json: { sessions: sent } }), 202)
      const accepted = new Map(answer.json<UploadResult>().accepted.map(({ id, key }) => [id, key]))
      for (const session of sent) {
        const key = accepted.get(session.id) ?? ''
        if (edition === 0) keys.push(key)
        own.push({ ...envelope(), type: 'session-put', key, session })
      }
    }
    const steps: Record<Exclude<Step, 'upload'>, (place: number) => Promise<void>> = {
      again: (place) => upload(1 + place),
      async choose(place) {
        const ref = keys[(place * 7_919) % keys.length] ?? ''
        const choices = choicesOf(place)
        await answered(() => client.patch(`/v1/sessions/${ref}`, choices), 202)
        own.push({ ...envelope(), type: 'session-choices', ref, choices })
      },
      async delete(place) {
        const ref = keys[(place * 104_729) % keys.length] ?? ''
        await answered(() => client.delete(`/v1/sessions/${ref}`), 202)
        own.push({ ...envelope(), type: 'session-delete', ref })
      },
      withdraw: () => profile({ choices: { charts: false } }),
      consent: () => profile({ choices: { charts: true } }),
      move: (place) => profile({ location: { subdivision: null, ...locations[place % locations.length] } }),
    }

    // Another load may have set one before.
    const location = { subdivision: null, ...locations[account % locations.length] }
    await profile({ choices: { charts: true }, location })
    for (const [request, between] of (plans[account] ?? []).entries()) {
      numbers = Array.from({ length: sessionsPerRequest }, (_, place) => request * sessionsPerRequest + place)
      await upload(0)
      counts.uploads += 1
      for (const [place, step] of between.entries()) if (step !== 'upload') await steps[step](request + place)
    }
  }

  return {
    events,
    unanswered: () => counts.unanswered,
    done,
    run: async () => void (await Promise.all(plans.map((_, account) => runAccount(account)))),
  }
}

function choicesOf(place: number): SessionChoices['choices'] {
  const choices = [
    { visibility: 'public' },
    { visibility: 'private' },
    { contributeToCharts: false },
    { contributeToCharts: true },
    { name: `Night ${place}` },
  ] as const
  return choices[place % choices.length] ?? {}
}

/** All within a week, so that a build has few periods; another edition of a session has other plays, and may lie in the next week. */
function sessionOf(account: number, number: number, edition: number): Session {
  const weeks = edition % 2 === 0 ? 0 : 7 * 86_400_000
  const startMs = Date.UTC(2026, 0, 5) + ((number * 7_919 + account * 104_729) % 1_900) * 300_000 + weeks
  return {
    id: String(number),
    startedAt: new Date(startMs).toISOString(),
    tracks: Array.from({ length: 1 + ((number + edition) % 4) }, (_, index) => ({
      id: String(index),
      startedAt: new Date(startMs + index * 240_000).toISOString(),
      playedSeconds: 200,
      tags: {
        artist: `Harbour ${(number * 31 + index * 7 + edition) % 40}`,
        title: 'Lantern',
        genre: index % 2 === 0 ? 'House' : 'Jazz',
      },
    })),
  }
}
