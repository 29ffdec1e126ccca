/**
 * Parts that a machine may lack, and the tests that need them. Where a part is missing these are skipped, and the output
 * says so; `TONEARM_REQUIRE`, a list such as `data,kafka,browser`, makes a missing part a failure.
 * @module
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hasKafkaArtifacts } from '../../infra/kafka/dev/kafka-artifacts.ts'
import { findChromium } from './chromium.ts'
import { findProgram } from './find-program.ts'
import { findPython } from './python.ts'

/** The real data beside the project; a fresh clone has none. */
export const sharedData = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

export interface OptionalPart {
  readonly name: string
  /** Whether a file, by its path in the project, has tests that need it. */
  readonly isFor: (file: string) => boolean
  readonly isThere: () => boolean
  /** What to say where it is missing. */
  readonly missing: string
}

export const optionalParts = [
  {
    name: 'data',
    isFor: (file) => file.startsWith('test/data/'),
    isThere: () => existsSync(sharedData),
    missing: 'the data folder beside the project (../shared/data) is not there',
  },
  {
    name: 'kafka',
    isFor: (file) => file.startsWith('test/kafka/') || file.endsWith('.kafka.test.ts'),
    // Nothing is fetched by a plain `npm test`: it takes Kafka's jars where `npm run kafka:dev` has left them.
    isThere: () => hasKafkaArtifacts(),
    missing: 'Kafka is not there, which `npm run kafka:dev -- --prepare` fetches, given Java and Maven',
  },
  {
    name: 'browser',
    isFor: (file) => file.startsWith('test/browser/'),
    isThere: () => findChromium() !== undefined,
    missing: 'Chromium is not there: neither `chromium` on the PATH nor the file that TONEARM_CHROMIUM names',
  },
  {
    name: 'curl',
    isFor: (file) => file === 'test/analyst/curl.test.ts',
    isThere: () => findProgram('curl') !== undefined,
    missing: 'there is no `curl` on the PATH',
  },
  {
    name: 'python',
    isFor: (file) => file === 'test/analyst/python-client.test.ts',
    isThere: () => findPython() !== undefined,
    missing:
      'Python has no clickhouse-connect: neither `python3` on the PATH nor the program that TONEARM_PYTHON names',
  },
] as const satisfies readonly OptionalPart[]

type PartName = (typeof optionalParts)[number]['name']

/** Whether a part must be there. @throws Error for a name of no part, which would require nothing. */
export function isRequired(name: string, required = process.env['TONEARM_REQUIRE']): boolean {
  const names = (required ?? '').split(',').filter((text) => text !== '')
  const unknown = names.find((text) => optionalParts.every((part) => part.name !== text))
  if (unknown !== undefined) throw new Error(`TONEARM_REQUIRE: there is no part ${unknown}`)
  return names.includes(name)
}

/** Whether tests that need a part are left out: never where it is required, so that they fail there if it is missing. */
export function without(name: PartName): boolean {
  const part = optionalParts.find((known) => known.name === name)
  return part !== undefined && !isRequired(name) && !part.isThere()
}
