/**
 * The tables that hold rows of an account, from the labels: what erases, copies or counts them can forget none.
 * @module
 */
import { columns } from './columns.ts'
import { retentionRules } from './labels.ts'

/** Kept beyond the account's data, so that what was erased stays erased; and the receipts. */
const keptAfterErasure: readonly string[] = [...retentionRules.suppression.tables, ...retentionRules.receipt.tables]

const tablesWith = (label: 'owner-key' | 'contributor') =>
  Object.entries(columns).flatMap(([table, ofTable]) => (Object.values(ofTable).includes(label) ? [table] : []))

/** Tables whose rows name their owner in the column `owner`. */
export const ownerTables = tablesWith('owner-key').filter((table) => !keptAfterErasure.includes(table))

/** Tables whose rows name their contributor in the column `contributor`, and are kept from one build to the next. */
export const contributorTables = tablesWith('contributor').filter(
  (table) => !keptAfterErasure.includes(table) && !table.startsWith('charts.build_'),
)

/** Tables in which a build of the charts holds rows of contributors while it is under way. */
export const contributorBuildTables = tablesWith('contributor').filter((table) => table.startsWith('charts.build_'))
