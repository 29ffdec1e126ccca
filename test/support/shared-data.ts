import { sharedData, without } from './optional-parts.ts'

export { sharedData }

/** Whether the tests over the data are left out. */
export const withoutSharedData = without('data')
