/**
 * The rights as lines for `kafka-acls.sh`, for brokers whose operators give them by hand.
 * @module
 */
import type { Acl, AclResource } from './acls.ts'

/** One line for each account and resource. Where the brokers are, and as whom, the two variables say. */
export function aclCommands(acls: readonly Acl[]): readonly string[] {
  return acls.map(({ account, resource, operations }) =>
    [
      'kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config "$ADMIN_PROPERTIES" --add',
      `--allow-principal User:${account}`,
      ...operations.map((operation) => `--operation ${operation}`),
      on(resource),
    ].join(' '),
  )
}

function on(resource: AclResource): string {
  return resource.kind === 'cluster' ? '--cluster' : `--${resource.kind} ${resource.name}`
}
