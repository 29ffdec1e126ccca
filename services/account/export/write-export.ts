/**
 * Everything held on an account as the text of one JSON document, piece by piece: nothing of it is in memory longer than
 * until its piece is taken.
 * @module
 */
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { createTurns } from '#platform/scheduling/work-slices.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { readProfile } from '../change-profile.ts'
import { readChoices, readErasures, readStates } from './read-account.ts'
import { readContributions, readContributor, readTakenPartIn } from './read-charts.ts'
import { readOwnSessions, readSessionChoices } from './read-sessions.ts'

export interface ExportDependencies {
  readonly store: StoreConnection
  readonly pseudonyms: Pseudonyms
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** The document of `AccountExport` in `#schemas/records/account-export.ts`. Rejects as the store does. */
export async function* writeExport(owner: string, dependencies: ExportDependencies): AsyncGenerator<string> {
  const { store, pseudonyms, clock } = dependencies
  const { keyVersion } = pseudonyms
  const contributor = pseudonyms.contributor(owner)
  const exportedAt = new Date(clock()).toISOString()
  const profile = await readProfile(store, owner)
  yield `{"exportedAt":${JSON.stringify(exportedAt)},"profile":${JSON.stringify(profile)}`
  yield ',"choices":'
  yield* list(readChoices(store, owner))
  yield `,"account":${JSON.stringify(await readStates(store, owner))}`
  yield `,"erasures":${JSON.stringify(await readErasures(store, owner))}`
  yield ',"sessionChoices":'
  yield* list(readSessionChoices(store, owner))
  yield `,"charts":{"contributor":${JSON.stringify(await readContributor(store, contributor))}`
  yield `,"takenPartIn":${JSON.stringify(await readTakenPartIn(store, contributor))}`
  yield ',"contributions":'
  yield* list(readContributions(store, contributor))
  // What was read under a pseudonym that is no more may be half of it.
  if (pseudonyms.keyVersion !== keyVersion)
    throw new TonearmError('store-unavailable', 'the contributor key was rotated')
  yield '},"sessions":'
  yield* list(each(readOwnSessions(owner, profile.choices.charts, dependencies)))
  yield '}\n'
}

/** Portions of items as one JSON list. */
async function* list(portions: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  const turn = createTurns()
  let separator = '['
  for await (const portion of portions) {
    for (const item of portion) {
      yield `${separator}${JSON.stringify(item)}`
      separator = ',\n'
      await turn()
    }
  }
  yield separator === '[' ? '[]' : ']'
}

async function* each<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  for await (const item of items) yield [item]
}
