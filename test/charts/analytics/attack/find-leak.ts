/**
 * The attack on published numbers: adds and subtracts all of them in every way, and looks for something that then tells of
 * fewer accounts than the minimum.
 *
 * What an account gives to the cells of the finest table is unknown to the attacker and free: a variable each. A published
 * number is a sum of variables, a vector of 0 and 1. What can be computed from all of them is their span. A set of few
 * accounts is given away where the span has a vector other than 0 in the variables of these accounts alone: the rank falls
 * where their columns are taken away. So a withheld cell of few accounts is found however it is reached, and so is any part
 * of one, and any sum of parts.
 * @module
 */
import { dimensionsWithin, rankOf } from './rank.ts'

/** What somebody reads. */
export interface PublishedNumber {
  readonly name: string
  /** Is on a public chart: what such numbers give away among themselves is no find. */
  readonly isPublic: boolean
  /** The variables that it is the sum of. */
  readonly variables: ReadonlySet<number>
}

export interface Knowledge {
  readonly numbers: readonly PublishedNumber[]
  /** By variable the account that gives it. */
  readonly accountOf: readonly string[]
}

/** Some accounts, fewer than the minimum, of which the numbers tell something; `undefined` where there are none. */
export function findLeak({ numbers, accountOf }: Knowledge, minimumDjs: number): readonly string[] | undefined {
  const variables = differentVariables(numbers, accountOf)
  const accounts = variables.map((variable) => accountOf[variable] ?? '')
  const all = numbers.map((number) => variables.map((variable) => Number(number.variables.has(variable))))
  const known = all.filter((_, index) => numbers[index]?.isPublic === true)
  const within = dimensionsWithin(all, variables.length)
  for (const few of smallSets(all, accounts, minimumDjs - 1)) {
    const own = accounts.flatMap((account, index) => (few.includes(account) ? [index] : []))
    if (within(own) === 0) continue
    const told = (rows: readonly (readonly number[])[]) =>
      rankOf(rows) - rankOf(rows.map((row) => row.filter((_, index) => !own.includes(index))))
    if (told(all) > told(known)) return few
  }
  return undefined
}

/** Of the variables of an account that are in the same numbers one: no sum tells them apart. */
function differentVariables(numbers: readonly PublishedNumber[], accountOf: readonly string[]): number[] {
  const different = new Map<string, number>()
  accountOf.forEach((account, variable) => {
    const pattern = numbers.map(({ variables }) => Number(variables.has(variable))).join('')
    if (pattern.includes('1')) different.set(`${account} ${pattern}`, variable)
  })
  return [...different.values()]
}

/** The sets of at most `size` accounts; of sets that the numbers hold in the same way only one. */
function smallSets(
  rows: readonly (readonly number[])[],
  accountOf: readonly string[],
  size: number,
): readonly (readonly string[])[] {
  const patterns = new Map<string, string[]>()
  accountOf.forEach((account, variable) => {
    const pattern = rows.map((row) => row[variable]).join('')
    patterns.set(account, [...(patterns.get(account) ?? []), pattern])
  })
  const classes = new Map<string, string[]>()
  for (const [account, own] of patterns) {
    const key = own.sort().join(' ')
    classes.set(key, [...(classes.get(key) ?? []), account])
  }
  // Of a class as many as a set may hold.
  const accounts = [...classes.values()].map((members) => members.slice(0, size))
  let sets: string[][] = [[]]
  for (const members of accounts) {
    sets = sets.flatMap((set) =>
      [0, ...members.keys()].flatMap((_, count) => {
        const more = [...set, ...members.slice(0, count)]
        return more.length <= size ? [more] : []
      }),
    )
  }
  return sets.filter((set) => set.length > 0)
}
