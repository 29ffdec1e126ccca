/**
 * Where it stands what each job, and analysts, may do in the embedded store. The file is the engine's configuration too.
 * @module
 */
import { fileURLToPath } from 'node:url'

export const rolesFile = fileURLToPath(new URL('store-roles.xml', import.meta.url))
