import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { aclCommands } from '../../infra/kafka/acls/acl-commands.ts'
import { acls, kafkaAccounts } from '../../infra/kafka/acls/acls.ts'
import { topics } from '../../infra/kafka/topics.ts'
import { childNamesOf, sectionOf, settingsOfProfile } from './clickhouse/users-files.ts'
import { environmentOf } from './compose/compose-file.ts'
import { services, storeAccounts } from './services.ts'

const servicesFolder = fileURLToPath(new URL('../../services/', import.meta.url))
/** Programs that are no services: everything in one process, commands, and a job. */
const otherPrograms = ['identify', 'import', 'migrate', 'sql', 'standalone']

describe('the services that infra knows', () => {
  it('are those that `npm run service` starts', () => {
    const [, list = ''] = /const services = \[(.*)\]/.exec(readFileSync(`${servicesFolder}service.ts`, 'utf8')) ?? []
    expect([...list.matchAll(/'(\w+)'/g)].map(([, name]) => name)).toEqual([...services])
  })

  it('are all that have a program of their own', () => {
    const programs = readdirSync(servicesFolder).filter((name) => existsSync(`${servicesFolder}${name}/main.ts`))
    expect(programs.sort()).toEqual([...services, ...otherPrograms].sort())
  })
})

describe('a service', () => {
  it('that uses the log has rights at the brokers, and no other has', () => {
    const usingLog = services.filter((name) => environmentOf(name)['KAFKA_BROKERS'] !== undefined)
    expect([...kafkaAccounts].sort()).toEqual(usingLog.sort())
    expect(new Set(acls.map(({ account }) => account))).toEqual(new Set(kafkaAccounts))
  })

  it('has an account in the store with a role, limits and a quota of its name, and nobody else has but operators', () => {
    const accounts = [...storeAccounts, 'operator'].sort()
    expect([...sectionOf('users').keys()].sort()).toEqual([...accounts, 'default'].sort())
    expect([...sectionOf('profiles').keys()].sort()).toEqual([...accounts, 'service'].sort())
    expect([...sectionOf('quotas').keys()].sort()).toEqual(accounts)
    for (const name of accounts) {
      const user = sectionOf('users').get(name)
      expect(user?.getElementsByTagName('profile')[0]?.textContent).toBe(name)
      expect(user?.getElementsByTagName('quota')[0]?.textContent).toBe(name)
      const [password] = user?.getElementsByTagName('password_sha256_hex') ?? []
      expect(password?.getAttribute('from_env')).toBe(`CLICKHOUSE_${name.toUpperCase()}_PASSWORD_SHA256`)
    }
    expect(sectionOf('users').get('default')?.getAttribute('remove')).toBe('remove')
  })

  it('has limits in the store that it cannot raise', () => {
    for (const name of services) {
      const settings = settingsOfProfile(name)
      expect(Number(settings.get('max_memory_usage')), name).toBeGreaterThan(0)
      expect(Number(settings.get('max_concurrent_queries_for_user')), name).toBeGreaterThan(0)
      // Statements of privacy have to end, however long they take.
      expect(settings.has('max_execution_time'), name).toBe(name !== 'privacy')
      const [constraints] = sectionOf('profiles').get(name)?.getElementsByTagName('constraints') ?? []
      expect(constraints && childNamesOf(constraints)).toContain('max_memory_usage')
      // Nothing that is asked of it may write; 2, for the client says in which format it wants answers.
      const isReader = name === 'upload' || name === 'site'
      expect([name, settings.get('readonly')]).toEqual([name, isReader ? '2' : undefined])
      // Statements are logged nowhere: they name accounts.
      expect(settings.get('log_queries')).toBe('0')
    }
  })
})

describe('the rights at the brokers', () => {
  it('are on topics that there are', () => {
    const names = topics({ partitions: 12, replication: 3, retentionHours: 72 }).map(({ name }) => name)
    for (const { resource } of acls) if (resource.kind === 'topic') expect(names).toContain(resource.name)
  })

  it('let nobody read what was uploaded but ingest, and privacy, which trims it', () => {
    const readers = acls.filter(
      ({ resource, operations }) =>
        resource.kind === 'topic' && resource.name === 'account-events' && operations.includes('Read'),
    )
    expect(readers.map(({ account }) => account)).toEqual(['ingest', 'privacy'])
  })

  it('are printed as lines for `kafka-acls.sh`, one for each account and resource', () => {
    const lines = aclCommands(acls)
    expect(lines).toHaveLength(acls.length)
    expect(lines).toContain(
      'kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config "$ADMIN_PROPERTIES" --add ' +
        '--allow-principal User:ingest --operation Read --operation Describe --group tonearm-ingest',
    )
  })
})
