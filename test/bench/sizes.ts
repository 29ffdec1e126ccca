/**
 * How much each benchmark measures. Every ratio is told with its size.
 * @module
 */

/** How many times the data the second run of a benchmark has, to show the growth. */
export const GROWTH = 4

export interface Sizes {
  /** Rounds that count; one more warms up, and counts where there is no other. */
  readonly rounds: number
  /** How long a round of requests lasts. */
  readonly roundSeconds: number
  /** Kept-alive connections of the load. */
  readonly connections: number
  readonly tracksPerSession: number
  /** Sessions in the larger of the two bodies that are uploaded. */
  readonly sessionsPerBody: number
  /** Lines of the shortest run of `identify`; the others have 4 and 16 times as many. */
  readonly identifyLines: number
  /** Plays that a round of ingest takes from the log. */
  readonly ingestPlays: number
  /** Plays that a round of the distributed mode takes from upload to the store. */
  readonly distributedPlays: number
  /** Plays in the week whose charts are built. */
  readonly chartPlays: number
  /** Plays behind the chart that is read as a page. */
  readonly pagePlays: number
  /** Plays that go through the whole service, for its memory and its pauses. */
  readonly servicePlays: number
  /** Plays of the demo that analysts ask about, and in how many weeks they were. */
  readonly sqlPlays: number
  readonly sqlWeeks: number
  /** Requests a second beside a chart build: far below what the service can do, so that waiting tells of pauses. */
  readonly pacedPerSecond: number
  readonly pacedSeconds: number
}

export const defaultSizes: Sizes = {
  rounds: 3,
  roundSeconds: 2,
  connections: 16,
  tracksPerSession: 25,
  sessionsPerBody: 20,
  identifyLines: 10_000,
  ingestPlays: 50_000,
  distributedPlays: 10_000,
  chartPlays: 250_000,
  pagePlays: 50_000,
  servicePlays: 1_000_000,
  sqlPlays: 1_000_000,
  sqlWeeks: 12,
  pacedPerSecond: 50,
  pacedSeconds: 8,
}

/** Everything, tiny: whether it runs, not how fast. */
export const quickSizes: Sizes = {
  ...defaultSizes,
  rounds: 0,
  roundSeconds: 0.2,
  connections: 4,
  identifyLines: 200,
  ingestPlays: 1_000,
  distributedPlays: 500,
  chartPlays: 8_000,
  pagePlays: 8_000,
  servicePlays: 4_000,
  sqlPlays: 1_500,
  sqlWeeks: 2,
  pacedSeconds: 0.5,
}

/** The same with so many times the plays. */
export function scaled(sizes: Sizes, factor: number): Sizes {
  const plays = (number: number) => Math.max(sizes.tracksPerSession, Math.round(number * factor))
  return {
    ...sizes,
    ingestPlays: plays(sizes.ingestPlays),
    distributedPlays: plays(sizes.distributedPlays),
    chartPlays: plays(sizes.chartPlays),
    pagePlays: plays(sizes.pagePlays),
    servicePlays: plays(sizes.servicePlays),
    sqlPlays: plays(sizes.sqlPlays),
  }
}
