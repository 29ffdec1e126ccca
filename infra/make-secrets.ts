/**
 * `npx tsx infra/make-secrets.ts [FOLDER]`: makes what compose.yaml needs and nobody may know: the master key, a password
 * for each account at the brokers and in the store, and what those sides are told of them.
 *
 * What is there already stays, so a second run adds what a new version needs, and a file that was deleted is made anew:
 * that is how a password is changed. The master key cannot be changed: with another one nobody's data is found again.
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Accounts at the brokers; `admin` makes the topics and the rights on them. */
export const brokerAccounts = ['admin', 'upload', 'ingest', 'account', 'privacy'] as const
/** Accounts in the store. `operator` is for people. */
export const storeAccounts = [
  'migrate',
  'upload',
  'ingest',
  'charts',
  'account',
  'privacy',
  'site',
  'analyst',
  'operator',
] as const

const PASSWORD_BYTES = 24
const MASTER_KEY_BYTES = 32

/** Makes what is missing in a folder; resolves with the names of all its files. */
export function makeSecrets(folder: string): readonly string[] {
  // The folder keeps others on this machine out. The files in it are readable, for the users in the containers are not ours.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const names: string[] = []
  const write = (name: string, text: string) => {
    names.push(name)
    // Not even its owner may write to what is there.
    rmSync(join(folder, name), { force: true })
    writeFileSync(join(folder, name), text, { mode: 0o444 })
  }
  const keep = (name: string, make: () => string): string => {
    names.push(name)
    const file = join(folder, name)
    if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o444 })
    return readFileSync(file, 'utf8')
  }

  keep('master.key', () => randomBytes(MASTER_KEY_BYTES).toString('base64'))
  keep('grafana-admin-password', newPassword)
  const passwords = new Map<string, Record<string, string>>()
  for (const account of new Set<string>([...storeAccounts, ...brokerAccounts])) {
    const settings = [
      ...(isOneOf(storeAccounts, account) ? ['CLICKHOUSE_PASSWORD'] : []),
      ...(isOneOf(brokerAccounts, account) ? ['KAFKA_PASSWORD'] : []),
    ]
    const text = keep(`${account}.env`, () => settings.map((name) => `${name}=${newPassword()}\n`).join(''))
    passwords.set(account, Object.fromEntries(text.split('\n').map((line) => line.split('=') as [string, string])))
  }
  const passwordOf = (account: string, setting: string): string => {
    const password = passwords.get(account)?.[setting]
    if (!password) throw new Error(`${account}.env has no ${setting}: delete it, and it is made anew`)
    return password
  }

  // Both are made of the passwords above, so they are written each time.
  write(
    'clickhouse.env',
    storeAccounts
      .map(
        (account) =>
          `CLICKHOUSE_${account.toUpperCase()}_PASSWORD_SHA256=${sha256(passwordOf(account, 'CLICKHOUSE_PASSWORD'))}\n`,
      )
      .join(''),
  )
  write(
    'kafka-jaas.conf',
    brokerUsers((account) => passwordOf(account, 'KAFKA_PASSWORD')),
  )
  return names
}

/** The users as the broker reads them (JAAS); it signs in at itself as `admin`. */
function brokerUsers(passwordOf: (account: string) => string): string {
  const users = brokerAccounts.map((account) => `  user_${account}="${passwordOf(account)}"`).join('\n')
  return `KafkaServer {
  org.apache.kafka.common.security.plain.PlainLoginModule required
  username="admin"
  password="${passwordOf('admin')}"
${users};
};
`
}

/** Letters, digits, `-` and `_`: no file in which it stands needs quotes for it. */
const newPassword = () => randomBytes(PASSWORD_BYTES).toString('base64url')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const isOneOf = (list: readonly string[], name: string) => list.includes(name)

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('secrets', import.meta.url))
  for (const name of makeSecrets(folder)) console.log(join(folder, name))
}
