/**
 * Which session a path means.
 * @module
 */
import { readFileSync } from 'node:fs'
import { HttpProblem } from '#platform/http/problem.ts'
import type { StoreConnection } from '#platform/store/store.ts'

const findSessionSql = readFileSync(new URL('./find-session.sql', import.meta.url), 'utf8')

/**
 * The key of the owner's session that `ref` names, by key or by id; `undefined` where the store knows none (yet).
 * Throws the problem `ambiguous-id`.
 */
export async function findSession(store: StoreConnection, owner: string, ref: string): Promise<string | undefined> {
  const [first, second] = await store.rows<{ session_key: string; is_key: number }>(findSessionSql, { owner, ref })
  if (first !== undefined && first.is_key === 0 && second !== undefined) throw new HttpProblem('ambiguous-id')
  return first?.session_key
}
