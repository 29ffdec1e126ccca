import { describe, expect, it } from 'vitest'
import * as catalogue from '#platform/config/settings.ts'
import { runProgram } from '../support/start-server.ts'
import { environmentOf } from './compose/compose-file.ts'
import { podEnvironment } from './kubernetes/manifests.ts'
import { jobs, services } from './services.ts'
import { imageEnvironment } from './started/start-as-compose.ts'

const ownNames = [...services, ...jobs]

/** Every setting there is, and whether it is secret. */
const settings = new Map(
  Object.values(catalogue).flatMap((group) =>
    typeof group === 'object' && !Array.isArray(group)
      ? Object.entries(group).map(([name, schema]) => [name, 'secret' in schema && schema.secret === true] as const)
      : [],
  ),
)
/** What Node.js and tsx read themselves. */
const ofTheRuntime = ['NODE_ENV', 'TSX_DISABLE_CACHE']

/** What a service says of its settings (`--check-config`): whether it takes them, and the line that it says else. */
async function checkConfig(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ status: number | null; said: string }> {
  const { status, stdout, stderr } = await runProgram(`services/${name}/main.ts`, ['--check-config'], environment)
  return { status, said: `${stdout}${stderr}` }
}

describe('a setting', () => {
  it('of the image is in the catalogue', () => {
    for (const name of Object.keys(imageEnvironment())) {
      if (!ofTheRuntime.includes(name)) expect([...settings.keys()]).toContain(name)
    }
  })

  it.each(ownNames)('of %s in compose.yaml is in the catalogue, and no secret stands beside it', (name) => {
    for (const setting of Object.keys(environmentOf(name))) {
      expect([...settings.keys()]).toContain(setting)
      expect([setting, settings.get(setting)]).toEqual([setting, false])
    }
  })

  it.each(ownNames)(
    'of %s in Kubernetes is in the catalogue, and comes from a Secret exactly where it is secret',
    (name) => {
      const { values, secrets } = podEnvironment(name)
      for (const setting of [...Object.keys(values), ...Object.keys(secrets)])
        expect([...settings.keys()]).toContain(setting)
      for (const setting of Object.keys(values)) expect([setting, settings.get(setting)]).toEqual([setting, false])
      for (const setting of Object.keys(secrets)) expect([setting, settings.get(setting)]).toEqual([setting, true])
    },
  )

  it.each(ownNames)('of %s that is there in Kubernetes is there in compose.yaml, too', (name) => {
    const { values } = podEnvironment(name)
    expect(Object.keys(values).sort()).toEqual(Object.keys(environmentOf(name)).sort())
  })
})

describe('the settings in Kubernetes', () => {
  it.each(services)('of %s are what its service takes', async (name) => {
    const { values, secrets } = podEnvironment(name)
    const passwords = Object.fromEntries(Object.keys(secrets).map((setting) => [setting, 'of-the-test']))
    const environment = { ...imageEnvironment(), ...values, ...passwords }
    expect(await checkConfig(name, environment)).toMatchObject({
      status: 0,
      said: expect.stringContaining(`CLICKHOUSE_USER=${name}`),
    })
    // One that there is not is refused, or all of this would say nothing.
    const slip = { ...environment, CLICKHOUSE_ADDRESS: 'a-slip' }
    expect(await checkConfig(name, slip)).toMatchObject({
      status: 1,
      said: expect.stringContaining('CLICKHOUSE_ADDRESS'),
    })
  })
})
