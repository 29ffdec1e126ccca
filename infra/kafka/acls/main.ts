/**
 * `npm run kafka:acls`: gives the services their rights at the brokers of the settings; to be run as an account that may.
 * `-- --print` prints them as lines for `kafka-acls.sh` and asks no broker.
 * @module
 */
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import { kafkaSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { readKafkaConnection } from '#platform/kafka/kafka-connection.ts'
import { connectKafka } from '../connect-kafka.ts'
import { aclCommands } from './acl-commands.ts'
import { acls } from './acls.ts'
import { applyAcls } from './apply-acls.ts'

const Settings = Type.Object({ ...kafkaSettings })

function readOptions(): { readonly print: boolean } {
  try {
    return { print: parseArgs({ options: { print: { type: 'boolean' } } }).values.print ?? false }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unusable'
    throw new TonearmError('config-invalid', `${detail}. Usage: npm run kafka:acls -- [--print]`, cause)
  }
}

async function main(): Promise<void> {
  if (readOptions().print) {
    for (const line of aclCommands(acls)) console.log(line)
    return
  }
  // Settings of the services that rights do not need are none of its business.
  const given = Object.fromEntries(Object.keys(Settings.properties).map((name) => [name, process.env[name]]))
  const connection = readKafkaConnection(readConfig(Settings, given).config)
  if (connection === undefined) throw new TonearmError('config-invalid', 'KAFKA_BROKERS: is not set')
  const admin = connectKafka(connection).admin()
  try {
    await admin.connect()
    const { given: added, taken } = await applyAcls(admin, acls)
    console.log(`rights given: ${added}, taken away: ${taken}`)
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : String(cause))
  process.exitCode = 2
})
