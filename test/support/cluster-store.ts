/**
 * A store whose tables have their form for a cluster, in this process: of two shards one is this engine and holds every
 * row, the other is away and holds none. So the engine plans and runs each statement as it does over several shards;
 * replication, and statements that servers hand to each other, are what is left out.
 * @module
 */
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createClient } from '@clickhouse/client'
import { drainPending, Session } from 'chdb'
import { createChdbConnection } from '#platform/store/chdb-connection.ts'
import { createClientConnection, overCluster, queryLines, queryRows } from '#platform/store/client-connection.ts'
import { clusterSettings, engineSettings } from '#platform/store/engine-settings.ts'
import type { Store, StoreConnection, StoreJob } from '#platform/store/store.ts'

const CLUSTER = 'two_shards'

/** Makes the folder of the engine below one that is there. */
export function openClusterStore(folder: string): Store {
  const configFile = join(dirname(folder), 'cluster.xml')
  writeFileSync(configFile, configuration)
  const connectionArgs = [
    `--config-file=${configFile}`,
    ...Object.entries({ ...engineSettings, ...clusterSettings, ...besideTheOther }).map(
      ([name, value]) => `--${name}=${value}`,
    ),
  ]
  const connections = new Map<StoreJob, StoreConnection>()

  function open(): StoreConnection {
    const client = createClient({ connection: createChdbConnection(new Session(folder, { connectionArgs })) })
    const transport = {
      client,
      async insert(table: string, lines: Uint8Array) {
        const values = Readable.from([Buffer.from(lines)], { objectMode: false })
        const { stream } = await client.exec({ query: `INSERT INTO ${table} FORMAT JSONEachRow`, values })
        stream.destroy()
      },
      query: <Row>(sql: string, params: Record<string, unknown>) => queryRows<Row>(client, onOneServer(sql), params),
      lines: (sql: string, params: Record<string, unknown>) => queryLines(client, onOneServer(sql), params),
      async command(sql: string, params: Record<string, unknown>) {
        if (!sql.startsWith('SYSTEM SYNC REPLICA'))
          await client.command({ query: onOneServer(sql), query_params: params })
      },
    }
    return createClientConnection(overCluster(transport, CLUSTER))
  }

  const store: Store = {
    connect(job) {
      const connection = connections.get(job) ?? open()
      connections.set(job, connection)
      return connection
    },
    ping: () => store.connect('migrate').run('SELECT 1'),
    async close() {
      for (const { client } of connections.values()) await client.close()
      connections.clear()
      await drainPending()
    },
  }
  return store
}

/** What needs a Keeper, or a second server, is done by this one alone. */
function onOneServer(sql: string): string {
  return sql
    .replace(` ON CLUSTER '${CLUSTER}'`, '')
    .replace(/\bReplicated(\w*MergeTree)\('[^']*', '[^']*'(?:, )?/, '$1(')
    .replaceAll(/clusterAllReplicas\('\w+', (system\.\w+)\)/g, '$1')
}

/** The other shard is away, and nothing is meant to be there. */
const besideTheOther = { skip_unavailable_shards: 1, insert_quorum: 0, prefer_localhost_replica: 1 }

const shard = (weight: number, port: number) =>
  `<shard><weight>${weight}</weight><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`

/** The engine takes an address with its own port for itself; nothing listens there, and nothing is sent. */
const configuration = `<clickhouse>
  <user_directories><users_xml><path>cluster.xml</path></users_xml></user_directories>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <users><default><password/><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></default></users>
  <tcp_port>19000</tcp_port>
  <remote_servers><${CLUSTER}>${shard(1, 19000)}${shard(0, 9)}</${CLUSTER}></remote_servers>
</clickhouse>
`
