/** The database of analysts: the one that names without one mean. */
export const DATABASE = 'analytics'

/** Database of the views that stand for tables of `system` (schemas/tables). */
export const VIEWS_OF_SYSTEM = 'analytics_system'
