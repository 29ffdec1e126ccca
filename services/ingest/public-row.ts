/**
 * Writes whether a session is found under its public id.
 * @module
 */
import type { StepContext } from './step-context.ts'

export function putPublicRow(
  { rows, pseudonyms }: StepContext,
  owner: string,
  key: string,
  isPublic: boolean,
  version: bigint,
): void {
  const line = {
    public_id: pseudonyms.publicId(key),
    owner,
    session_key: key,
    version: version.toString(),
    is_deleted: isPublic ? 0 : 1,
  }
  rows.put('playlists.public_sessions', key, JSON.stringify(line))
}
