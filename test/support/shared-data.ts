import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The real data beside the project; a fresh clone has none. */
export const sharedData = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Whether the data tests are left out: never where `TONEARM_REQUIRE` names them, so that a missing folder fails there. */
export const withoutSharedData =
  !existsSync(sharedData) && !(process.env['TONEARM_REQUIRE'] ?? '').split(',').includes('data')
