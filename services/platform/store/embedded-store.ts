/**
 * The store in this process: chDB, the ClickHouse engine as a library, on a folder.
 * @module
 */
import { mkdirSync } from 'node:fs'
import { drainPending, Session } from 'chdb'
import { TonearmError } from '../errors/tonearm-error.ts'
import { createChdbStoreConnection } from './chdb-store-connection.ts'
import { engineSettings } from './engine-settings.ts'
import { rolesFile } from './roles-file.ts'
import type { Store, StoreConnection, StoreJob } from './store.ts'

export interface EmbeddedStoreOptions {
  /** Folder of the engine; made where it is missing. One process at a time. */
  readonly folder: string
  /** Whether each job has no more rights than `store-roles.xml` gives it; as the service runs. */
  readonly limitsJobs?: boolean
}

/** The jobs with a role of their own; the others write everywhere or copy everything. */
const roles: Partial<Record<StoreJob, string>> = {
  site: 'site',
  charts: 'charts',
  merges: 'charts',
  editors: 'charts',
  upload: 'upload',
  audit: 'audit',
}

/** Arguments of the engine, the same for every connection. */
const engineArguments = Object.entries(engineSettings).map(([name, value]) => `--${name}=${value}`)

/**
 * Opens the embedded store. Throws `store-unavailable` where the folder cannot be used.
 *
 * In one process rights are a belt, not a wall: they stop a statement that asks for too much, not other code.
 */
export function openEmbeddedStore({ folder, limitsJobs = false }: EmbeddedStoreOptions): Store {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new TonearmError('store-unavailable', 'the folder of the embedded store cannot be made', cause)
  }
  const connections = new Map<StoreJob, StoreConnection>()

  const connectionArgs = limitsJobs ? [...engineArguments, `--config-file=${rolesFile}`] : engineArguments

  function open(job: StoreJob): StoreConnection {
    try {
      const session = new Session(folder, { connectionArgs })
      const role = limitsJobs ? roles[job] : undefined
      if (role !== undefined) session.query(`SET ROLE ${role}`)
      return createChdbStoreConnection(session)
    } catch (cause) {
      throw new TonearmError('store-unavailable', 'the embedded store cannot be opened', cause)
    }
  }

  const store: Store = {
    connect(job) {
      const connection = connections.get(job) ?? open(job)
      connections.set(job, connection)
      return connection
    },
    async ping() {
      await store.connect('migrate').run('SELECT 1')
    },
    async close() {
      for (const { client } of connections.values()) await client.close()
      connections.clear()
      await drainPending()
    },
  }
  return store
}
