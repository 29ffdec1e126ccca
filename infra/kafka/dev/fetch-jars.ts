import { spawn } from 'node:child_process'
import { TonearmError } from '#platform/errors/tonearm-error.ts'

/** Of what Maven says, the end. */
const OUTPUT_CHARACTERS_MAX = 2_000

/** Copies what a pom depends on into a folder. Rejects with `log-unavailable` where Maven is missing or does not get it. */
export async function fetchJars(pom: string, folder: string): Promise<void> {
  const args = ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`]
  const maven = spawn('mvn', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  maven.stdout.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-OUTPUT_CHARACTERS_MAX)
  })
  await new Promise<void>((resolve, reject) => {
    maven.once('error', (cause) => {
      reject(new TonearmError('log-unavailable', 'Maven (mvn), which fetches Kafka, is not there', cause))
    })
    maven.once('close', (status) => {
      if (status === 0) resolve()
      else reject(new TonearmError('log-unavailable', `Maven did not fetch Kafka: ${output.trim()}`))
    })
  })
}
