/**
 * What the running service does for `npm run keys -- rotate`.
 * @module
 */
import type { ControlOperation } from '#platform/control/control-server.ts'
import { createRotation, type RotationOptions } from '../../privacy/rotation/rotate-contributor-key.ts'

/**
 * Takes no parameters. Rejects with `busy` while another one is under way. It goes on when the service ends, which waits for
 * it as long as it waits for anything; beyond that, the next start makes it good.
 */
export function createRotateOperation(options: RotationOptions): ControlOperation {
  const rotation = createRotation(options)
  return (_params, progress) => rotation(progress)
}
