/**
 * DJs who contribute, put into the store with the rows that ingest would write, but in one go: their profiles are there
 * before anything is measured.
 * @module
 */
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { createRowsToWrite } from '../../../services/ingest/rows-to-write.ts'
import { settleProfileChange } from '../../../services/ingest/settle-profile-change.ts'
import { makeProfile } from '../session-maker.ts'

export function ownerOfDj(pseudonyms: Pseudonyms, dj: number): string {
  return pseudonyms.owner(`dj-${dj}`)
}

export async function storeProfiles(store: StoreConnection, pseudonyms: Pseudonyms, djs: number): Promise<void> {
  const rows = createRowsToWrite()
  const state = {
    sessions: new Map(),
    flags: new Map(),
    members: new Map(),
    accounts: new Map(),
    weeksTouched: new Map(),
  }
  const context = { state, rows, pseudonyms, toDerive: [] }
  for (let dj = 0; dj < djs; dj++) {
    const owner = ownerOfDj(pseudonyms, dj)
    const event = { v: 1, type: 'profile-change', owner, at: Date.now(), patch: makeProfile(dj) } as const
    settleProfileChange(event, 1n, context)
  }
  await rows.flush(store)
}
