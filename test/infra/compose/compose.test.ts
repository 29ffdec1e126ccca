import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it, onTestFinished } from 'vitest'
import { kafkaAccounts } from '../../../infra/kafka/acls/acls.ts'
import { brokerAccounts, makeSecrets, storeAccounts as secretAccounts } from '../../../infra/make-secrets.ts'
import { sectionOf } from '../clickhouse/users-files.ts'
import { infraFolder, readInfra } from '../infra-files.ts'
import { jobs, publicServices, services, storeAccounts } from '../services.ts'
import { compose, composeService, interpolate } from './compose-file.ts'

const ownNames = [...services, ...jobs]
const infrastructure = ['caddy', 'kafka', 'clickhouse', 'prometheus', 'grafana']
const all = Object.entries(compose.services)

/** The schema that Docker itself holds files against, as the package that carries it has it. */
function composeSchema(): object {
  const require = createRequire(import.meta.url)
  const packageFile = require.resolve('dclint/package.json')
  const schema = JSON.parse(readFileSync(join(dirname(packageFile), 'schemas/compose.schema.json'), 'utf8'))
  // Named with https, under which Ajv does not know it.
  return { ...schema, $schema: 'http://json-schema.org/draft-07/schema#' }
}

function newSecrets(): { readonly folder: string; readonly names: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, names: makeSecrets(folder) }
}

describe('compose.yaml', () => {
  it('is what Compose takes', () => {
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(composeSchema())
    expect(validate({ ...compose, services: { ...compose.services, upload: { imagee: 'slip' } } })).toBe(false)
    validate(compose)
    expect(validate.errors ?? []).toEqual([])
  })

  it('has every service and job, what they stand on, and nothing else', () => {
    expect(Object.keys(compose.services).sort()).toEqual([...ownNames, ...infrastructure].sort())
  })

  it('starts each of them by its file, without a shell or npm between', () => {
    const files = { topics: 'infra/kafka/main.ts', acls: 'infra/kafka/acls/main.ts' }
    for (const name of ownNames) {
      const { command = [], build } = composeService(name)
      const file = name in files ? files[name as keyof typeof files] : `services/${name}/main.ts`
      expect(command[1], name).toBe(file)
      expect(existsSync(`${infraFolder}../${file}`), file).toBe(true)
      expect(build).toEqual({ context: '..', dockerfile: 'infra/docker/Dockerfile' })
    }
  })

  it('names only networks, volumes, secrets, services and files that there are', () => {
    const usedSecrets = all.flatMap(([, { secrets = [] }]) => secrets)
    expect([...new Set(usedSecrets)].sort()).toEqual(Object.keys(compose.secrets).sort())
    const usedNetworks = all.flatMap(([, { networks = [] }]) => networks)
    expect([...new Set(usedNetworks)].sort()).toEqual(Object.keys(compose.networks).sort())
    const sources = all.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''))
    const named = sources.filter((source) => !source.startsWith('.'))
    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort())
    for (const source of sources.filter((one) => one.startsWith('.'))) {
      expect(existsSync(resolve(infraFolder, source)), source).toBe(true)
    }
    for (const [name, { depends_on = {} }] of all) {
      for (const needed of Object.keys(depends_on)) expect(Object.keys(compose.services), name).toContain(needed)
    }
  })
})

describe('a container', () => {
  it.each(all)('%s writes to nothing but its volumes, and has no right that it does not need', (_name, service) => {
    expect(service.read_only).toBe(true)
    expect(service.cap_drop).toEqual(['ALL'])
    expect(service.security_opt).toEqual(['no-new-privileges:true'])
    for (const mount of service.volumes?.filter((one) => one.startsWith('.')) ?? []) expect(mount).toMatch(/:ro$/)
  })

  it.each(all)('%s has limits, an end to its restarts or none, and tells whether it is well', (name, service) => {
    expect(Object.keys(service.deploy?.resources?.limits ?? {}).sort()).toEqual(['cpus', 'memory', 'pids'])
    const isJob = jobs.some((job) => job === name)
    expect(service.restart).toBe(isJob ? 'on-failure:10' : 'unless-stopped')
    // The services have the check of their image.
    const isOurs = services.some((one) => one === name)
    if (isOurs) expect(service.healthcheck).toBeUndefined()
    else expect(isJob ? service.healthcheck?.disable : (service.healthcheck?.test?.length ?? 0) > 1).toBe(true)
  })

  it.each(services)('%s has more than the ten seconds that its end takes', (name) => {
    expect(Number.parseInt(composeService(name).stop_grace_period ?? '', 10)).toBeGreaterThan(10)
  })

  it('is reached from outside only where people, or operators of the machine, come in', () => {
    const published = all.filter(([, { ports = [] }]) => ports.length > 0).map(([name]) => name)
    expect(published).toEqual(['caddy', 'grafana'])
    for (const port of composeService('grafana').ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
  })
})

describe('a service of compose.yaml', () => {
  it('is on the networks of what it speaks to, and on no other', () => {
    for (const name of services) {
      const isPublic = publicServices.some((one) => one === name)
      const usesLog = kafkaAccounts.some((one) => one === name)
      const asksProvider = 'AUTH_JWKS_URL' in (composeService(name).environment ?? {})
      const expected = [
        ...(isPublic ? ['edge'] : []),
        ...(usesLog ? ['log'] : []),
        ...['store', 'monitoring'],
        ...(asksProvider ? ['outside'] : []),
      ]
      expect(composeService(name).networks, name).toEqual(expected)
    }
    const open = Object.entries(compose.networks).filter(([, network]) => network.internal !== true)
    expect(open.map(([name]) => name)).toEqual(['public', 'outside', 'operators'])
  })

  it('signs in under its own name, with its own password', () => {
    for (const name of storeAccounts) expect(composeService(name).environment?.['CLICKHOUSE_USER']).toBe(name)
    for (const name of services) {
      const user = kafkaAccounts.some((one) => one === name) ? name : undefined
      expect(composeService(name).environment?.['KAFKA_USER']).toBe(user)
    }
    for (const name of ownNames) {
      const ofName = name === 'topics' || name === 'acls' ? 'admin' : name
      const { command = [], secrets = [] } = composeService(name)
      expect(command[0], name).toBe(`--env-file=/run/secrets/${ofName}`)
      expect(secrets.filter((secret) => secret !== 'master-key')).toEqual([ofName])
    }
  })
})

describe('make-secrets.ts', () => {
  it('makes every file that compose.yaml takes secrets from', () => {
    const { names } = newSecrets()
    const wanted = [
      ...Object.values(compose.secrets).map(({ file }) => file),
      ...all.flatMap(([, { env_file = [] }]) => env_file),
    ]
    for (const file of wanted) expect(names).toContain(interpolate(file).replace('./secrets/', ''))
  })

  it('gives the store a hash for each of its accounts, and the brokers a password for each of theirs', () => {
    const { folder } = newSecrets()
    const hashes = readFileSync(join(folder, 'clickhouse.env'), 'utf8')
    const asked = readInfra('clickhouse/users.d/accounts.xml').matchAll(/from_env="(\w+)"/g)
    const names = [...asked].map(([, name = '']) => name)
    expect(
      hashes
        .trimEnd()
        .split('\n')
        .map((line) => line.split('=')[0]),
    ).toEqual(names)
    for (const line of hashes.trimEnd().split('\n')) expect(line).toMatch(/^\w+=[0-9a-f]{64}$/)
    expect([...sectionOf('users').keys()].filter((name) => name !== 'default').sort()).toEqual(
      [...secretAccounts].sort(),
    )

    const users = readFileSync(join(folder, 'kafka-jaas.conf'), 'utf8').matchAll(/user_(\w+)="[\w-]{20,}"/g)
    expect([...users].map(([, name]) => name)).toEqual([...brokerAccounts])
    expect([...brokerAccounts].sort()).toEqual(['admin', ...kafkaAccounts].sort())
  })

  it('keeps what is there, and makes a password anew whose file was deleted', () => {
    const { folder, names } = newSecrets()
    const readAll = () => names.map((name) => readFileSync(join(folder, name), 'utf8'))
    const before = readAll()
    makeSecrets(folder)
    expect(readAll()).toEqual(before)
    rmSync(join(folder, 'site.env'))
    makeSecrets(folder)
    const changed = names.filter((name, index) => readFileSync(join(folder, name), 'utf8') !== before[index])
    expect(changed).toEqual(['site.env', 'clickhouse.env'])
  })
})
