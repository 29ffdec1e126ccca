/**
 * What is not known is absent, not `undefined`: so the records' schemas want it.
 * @module
 */

type Known<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The record without its members that are `undefined`. */
export function onlyKnown<T extends object>(record: T): Known<T> {
  // The compiler cannot follow a filter over entries; the type says what the filter does.
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Known<T>
}
