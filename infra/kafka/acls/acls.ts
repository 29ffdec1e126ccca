/**
 * What each service may do at the brokers, as data. What is not here is refused: brokers run with an authorizer and
 * `allow.everyone.if.no.acl.found=false`.
 *
 * `npm run kafka:acls` gives these rights; test/kafka/acls.test.ts holds them against what the services do at a real broker.
 * @module
 */

/** As `kafka-acls.sh` calls them. `Read`, `Write` and `Delete` hold `Describe` in themselves. */
export type AclOperation = 'Read' | 'Write' | 'Delete' | 'Describe' | 'DescribeConfigs' | 'IdempotentWrite'

export type AclResource =
  | { readonly kind: 'topic' | 'group'; readonly name: string }
  /** The brokers as a whole. */
  | { readonly kind: 'cluster' }

export interface Acl {
  /** Name under which a service signs in (`KAFKA_USER`). */
  readonly account: KafkaAccount
  readonly resource: AclResource
  readonly operations: readonly AclOperation[]
}

/** The services that use the log; `charts` and `site` know the store alone. */
export const kafkaAccounts = ['upload', 'ingest', 'account', 'privacy'] as const
export type KafkaAccount = (typeof kafkaAccounts)[number]

const events = { kind: 'topic', name: 'account-events' } as const
const deadLetters = { kind: 'topic', name: 'account-events.dead' } as const
const ledger = { kind: 'topic', name: 'erasure-ledger' } as const
const ingestGroup = { kind: 'group', name: 'tonearm-ingest' } as const
const cluster = { kind: 'cluster' } as const

/** Whoever opens the log holds its topics against what they have to be, whether or not it uses both. */
const checks: readonly AclOperation[] = ['Describe', 'DescribeConfigs']

const rights: Readonly<Record<KafkaAccount, readonly (readonly [AclResource, readonly AclOperation[]])[]>> = {
  // Appends what is accepted, and reads nothing: not even what it wrote.
  upload: [
    [events, [...checks, 'Write']],
    [deadLetters, checks],
    [cluster, ['IdempotentWrite']],
  ],
  // Reads events in its group, and keeps those apart that could not be used.
  ingest: [
    [events, [...checks, 'Read']],
    [deadLetters, [...checks, 'Write']],
    [ingestGroup, ['Read', 'Describe']],
    [cluster, ['IdempotentWrite']],
  ],
  // Appends what DJs and admins decide, shows admins the dead letters, and writes erasures into the ledger.
  account: [
    [events, [...checks, 'Write']],
    [deadLetters, [...checks, 'Read']],
    [ledger, [...checks, 'Read', 'Write']],
    [cluster, ['IdempotentWrite']],
  ],
  // Trims the log behind what ingest has committed, takes an erased account's dead letters out by tombstones, and reads the
  // ledger, to erase again after a restore, which are events as every erasure is.
  privacy: [
    [events, [...checks, 'Read', 'Write', 'Delete']],
    [deadLetters, [...checks, 'Read', 'Write', 'Delete']],
    [ledger, [...checks, 'Read', 'Write']],
    [ingestGroup, ['Describe']],
    [cluster, ['IdempotentWrite']],
  ],
}

export const acls: readonly Acl[] = kafkaAccounts.flatMap((account) =>
  rights[account].map(([resource, operations]) => ({ account, resource, operations })),
)
