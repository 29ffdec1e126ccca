import type { StoreConnection } from './store.ts'

/**
 * A connection whose statements are asked for leave first: `refuse` throws where what they are part of is not this
 * process's to do any more.
 */
export function guardConnection(store: StoreConnection, refuse: () => void): StoreConnection {
  return {
    client: store.client,
    insert: async (rows) => {
      refuse()
      await store.insert(rows)
    },
    rows: async (sql, params) => {
      refuse()
      return await store.rows(sql, params)
    },
    lines: async (sql, params) => {
      refuse()
      return await store.lines(sql, params)
    },
    run: async (sql, params) => {
      refuse()
      await store.run(sql, params)
    },
  }
}
