/**
 * Gives the accounts their rights at the brokers, and takes those away that they have beside them.
 * @module
 */
import kafkajs, { type AclEntry, type Admin } from 'kafkajs'
import type { Acl, AclOperation } from './acls.ts'

/** Of kafkajs, a CommonJS module, Node.js finds only some of the names; these are not among them. */
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs

const operationTypes = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Delete: AclOperationTypes.DELETE,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  IdempotentWrite: AclOperationTypes.IDEMPOTENT_WRITE,
} as const satisfies Record<AclOperation, number>

const resourceTypes = {
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
  cluster: AclResourceTypes.CLUSTER,
} as const

/** As Kafka calls the brokers as a whole. */
const CLUSTER_NAME = 'kafka-cluster'

export interface AclChanges {
  readonly given: number
  readonly taken: number
}

/**
 * Resolves when the accounts that the list names have its rights and no others. Those of other accounts stay. Passes on what
 * kafkajs throws.
 */
export async function applyAcls(admin: Admin, acls: readonly Acl[]): Promise<AclChanges> {
  const wanted = new Map(acls.flatMap(entriesOf).map((entry) => [keyOf(entry), entry]))
  const known = new Map<string, AclEntry>()
  for (const account of new Set(acls.map((acl) => acl.account))) {
    for (const entry of await entriesAt(admin, `User:${account}`)) known.set(keyOf(entry), entry)
  }
  const missing = [...wanted].flatMap(([key, entry]) => (known.has(key) ? [] : [entry]))
  if (missing.length > 0) await admin.createAcls({ acl: missing })
  // Only then, so that nobody is without a right meanwhile.
  const surplus = [...known].flatMap(([key, entry]) => (wanted.has(key) ? [] : [entry]))
  if (surplus.length > 0) await admin.deleteAcls({ filters: surplus })
  return { given: missing.length, taken: surplus.length }
}

function entriesOf({ account, resource, operations }: Acl): AclEntry[] {
  return operations.map((operation) => ({
    resourceType: resourceTypes[resource.kind],
    resourceName: resource.kind === 'cluster' ? CLUSTER_NAME : resource.name,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: `User:${account}`,
    host: '*',
    operation: operationTypes[operation],
    permissionType: AclPermissionTypes.ALLOW,
  }))
}

async function entriesAt(admin: Admin, principal: string): Promise<AclEntry[]> {
  const { resources } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    principal,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  })
  return resources.flatMap(({ acls, ...resource }) =>
    acls.map((acl) => ({
      resourceType: resource.resourceType,
      resourceName: resource.resourceName,
      resourcePatternType: resource.resourcePatternType,
      ...acl,
    })),
  )
}

function keyOf(entry: AclEntry): string {
  const { resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType } = entry
  return [resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType].join(' ')
}
