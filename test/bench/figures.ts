/**
 * What a run of the benchmarks tells: ratios, each with both sides of it.
 * @module
 */

export interface Amount {
  readonly value: number
  readonly unit: string
}

export interface Figure {
  /** What `--only` calls the benchmark that it comes from. */
  readonly bench: string
  readonly name: string
  /** How much data: a ratio without its size says little. */
  readonly size: string
  /** What it is held against, measured in the same run. */
  readonly against: string
  /** `measured` by `baseline`. */
  readonly ratio: number
  /** Whether a higher or a lower ratio is better. */
  readonly better: 'higher' | 'lower'
  readonly measured: Amount
  readonly baseline: Amount
}

/** A figure; its ratio follows from both sides. */
export function toFigure(figure: Omit<Figure, 'ratio'>): Figure {
  return { ...figure, ratio: figure.measured.value / figure.baseline.value }
}

/** The figures as a Markdown table. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, size, against, ratio, better, measured, baseline }) => [
    name,
    size,
    against,
    `${written(ratio)} ${better === 'higher' ? '↑' : '↓'}`,
    amount(measured),
    amount(baseline),
  ])
  const all = [['measured', 'size', 'against', 'ratio', 'this', 'baseline'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = all
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n')
}

function amount({ value, unit }: Amount): string {
  return `${written(value)} ${unit}`
}

/** Three digits that count, for noise leaves no more. */
function written(value: number): string {
  const rounded = Number(value.toPrecision(3))
  return rounded >= 1000 ? rounded.toLocaleString('en-US') : String(rounded)
}
