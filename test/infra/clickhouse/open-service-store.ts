/**
 * A store whose connections have the rights and limits that `infra/clickhouse/users.d` gives to the account of their
 * service. The engine reads those files themselves, laid beside a user for the test as a server lays them beside its own.
 *
 * In a process the engine knows one user, so a connection takes on the role of an account, and the settings of its profile
 * as arguments: all that an account has but its constraints. What it may read of the database `system` is not limited there: only a server has that switch.
 * @module
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Session } from 'chdb'
import { createChdbStoreConnection } from '#platform/store/chdb-store-connection.ts'
import type { Store, StoreConnection, StoreJob } from '#platform/store/store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import type { StoreAccount } from '../services.ts'
import { settingsOfProfile, usersFolder } from './users-files.ts'

/** The account of the service that does a job; a backup is the operator's. */
const accountOfJob = {
  migrate: 'migrate',
  ingest: 'ingest',
  charts: 'charts',
  merges: 'charts',
  editors: 'charts',
  account: 'account',
  exports: 'account',
  audit: 'account',
  site: 'site',
  upload: 'upload',
  privacy: 'privacy',
  retention: 'privacy',
  rotation: 'privacy',
  backup: 'operator',
} as const satisfies Record<StoreJob, StoreAccount | 'operator'>

export interface ServiceStore extends Store {
  /** A connection of an account, one of its own for each call. */
  as(account: StoreAccount): StoreConnection
  /** What the engine refused for want of a right, in its words. */
  readonly refusals: string[]
}

export function openServiceStore(folder: string): ServiceStore {
  const config = writeConfig(temporaryFolder())
  const refusals: string[] = []
  const opened: StoreConnection[] = []
  const ofJobs = new Map<StoreJob, StoreConnection>()

  function open(account: StoreAccount | 'operator'): StoreConnection {
    const settings = [...settingsOfProfile(account)].map(([name, value]) => `--${name}=${value}`)
    const session = new Session(folder, { connectionArgs: [`--config-file=${config}`, ...settings] })
    session.query(`SET ROLE ${account === 'operator' ? 'everything' : account}`)
    const connection = createChdbStoreConnection(session)
    opened.push(connection)
    return noteRefusals(connection, (refusal) => refusals.push(`${account}: ${refusal}`))
  }

  const store: ServiceStore = {
    refusals,
    as: open,
    connect(job) {
      const connection = ofJobs.get(job) ?? open(accountOfJob[job])
      ofJobs.set(job, connection)
      return connection
    },
    async ping() {
      await store.connect('migrate').run('SELECT 1')
    },
    async close() {
      for (const { client } of opened.splice(0)) await client.close()
    },
  }
  return store
}

/** What the engine said, through the errors around it. */
export const messageOf = (cause: unknown): string =>
  cause instanceof Error ? `${cause.message} ${messageOf(cause.cause)}` : ''

function noteRefusals(connection: StoreConnection, note: (refusal: string) => void): StoreConnection {
  const noted = async <T>(statement: string, call: Promise<T>): Promise<T> => {
    try {
      return await call
    } catch (cause) {
      const message = messageOf(cause)
      if (/ACCESS_DENIED|READONLY|CONSTRAINT_VIOLATION|QUOTA/.test(message)) note(`${statement}: ${message}`)
      throw cause
    }
  }
  return {
    client: connection.client,
    insert: (rows) => noted(`INSERT INTO ${rows.table}`, connection.insert(rows)),
    rows: (sql, params) => noted(sql, connection.rows(sql, params)),
    lines: (sql, params) => noted(sql, connection.lines(sql, params)),
    run: (sql, params) => noted(sql, connection.run(sql, params)),
  }
}

/** Lays the files of the accounts beside a user that has their roles, and nothing itself. Answers the configuration's path. */
function writeConfig(folder: string): string {
  mkdirSync(join(folder, 'users.d'))
  const files = readdirSync(usersFolder)
  for (const file of files) copyFileSync(join(usersFolder, file), join(folder, 'users.d', file))
  const texts = files.map((file) => readFileSync(join(usersFolder, file), 'utf8')).join('')
  // As the environment of a server has them.
  for (const [, name = ''] of texts.matchAll(/from_env="(\w+)"/g)) process.env[name] = 'ab'.repeat(32)
  const roles = [
    'analyst',
    ...new Set([...Object.values(accountOfJob)].map((account) => (account === 'operator' ? 'everything' : account))),
  ]
  writeFileSync(
    join(folder, 'users.xml'),
    '<clickhouse><profiles><default/></profiles><quotas><default/></quotas></clickhouse>',
  )
  // Read last, for the files of the accounts take the user `default` away.
  writeFileSync(
    join(folder, 'users.d', 'zz-test.xml'),
    `<clickhouse>
       <users><default>
         <password/><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
         <grants>${roles.map((role) => `<query>GRANT ${role}</query>`).join('')}</grants>
       </default></users>
       <roles><everything><grants><query>GRANT ALL ON *.*</query></grants></everything></roles>
     </clickhouse>`,
  )
  const config = join(folder, 'config.xml')
  writeFileSync(
    config,
    '<clickhouse><user_directories><users_xml><path>users.xml</path></users_xml></user_directories></clickhouse>',
  )
  return config
}
