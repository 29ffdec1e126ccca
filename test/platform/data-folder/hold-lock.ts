/** A process that locks a folder, says so on standard output and holds it until it is killed. */
import { lockFolder } from '../../../services/platform/data-folder/lock.ts'

lockFolder(process.argv[2] ?? '')
console.log('locked')
setInterval(() => undefined, 60_000)
