/**
 * What holds for a session: what its upload said, and what its DJ chose by hand.
 *
 * A choice made by hand holds. Sending the session again may make it more private, never less.
 * @module
 */
import type { Visibility } from '#schemas/records/session.ts'

/** What an upload said; a member it did not name is absent. */
export interface UploadSaid {
  readonly name?: string | undefined
  readonly visibility?: Visibility | undefined
  readonly contributeToCharts?: boolean | undefined
}

/** What the DJ chose by hand; absent where nothing was chosen. A name of `null` takes the name away. */
export interface ChosenByHand {
  readonly name?: string | null | undefined
  readonly visibility?: Visibility | undefined
  readonly contributeToCharts?: boolean | undefined
}

export interface EffectiveChoices {
  readonly name: string | undefined
  readonly visibility: Visibility
  readonly contributeToCharts: boolean
}

/** What holds, where `chosen` already contains what {@link restrictedByUpload} said of later uploads. */
export function effectiveChoices(said: UploadSaid, chosen: ChosenByHand): EffectiveChoices {
  return {
    name: chosen.name === undefined ? said.name : (chosen.name ?? undefined),
    visibility: chosen.visibility ?? said.visibility ?? 'private',
    contributeToCharts: chosen.contributeToCharts ?? said.contributeToCharts ?? true,
  }
}

/** The choices that an upload made after them overrules, because it says explicitly what is more private. */
export function restrictedByUpload(said: UploadSaid, chosen: ChosenByHand): ChosenByHand {
  return {
    ...(chosen.visibility === 'public' && said.visibility === 'private' ? { visibility: 'private' as const } : {}),
    ...(chosen.contributeToCharts === true && said.contributeToCharts === false ? { contributeToCharts: false } : {}),
  }
}

/** What stays of the choices when the session is deleted: only what keeps it private, should it come back. */
export function keptAfterDeletion(chosen: ChosenByHand): ChosenByHand {
  return {
    ...(chosen.visibility === 'private' ? { visibility: 'private' as const } : {}),
    ...(chosen.contributeToCharts === false ? { contributeToCharts: false } : {}),
  }
}
