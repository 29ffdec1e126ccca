/**
 * What a query of Prometheus asks for, by Prometheus's own grammar.
 * @module
 */
import { parser } from '@prometheus-io/lezer-promql'

export interface AskedSeries {
  readonly metric: string
  /** Labels that it is chosen by. */
  readonly labels: readonly string[]
}

/** Every series that a query names. Throws where the query is none. */
export function seriesOf(query: string): AskedSeries[] {
  const text = query.replaceAll('$__rate_interval', '1m')
  const series: AskedSeries[] = []
  const wrong: string[] = []
  let labels: string[] = []
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) wrong.push(`at ${node.from}: ${text.slice(node.from, node.from + 20)}`)
      const said = () => text.slice(node.from, node.to)
      if (node.name === 'VectorSelector') labels = []
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector')
        series.push({ metric: said(), labels })
      if (node.name === 'LabelName' && node.node.parent?.name === 'UnquotedLabelMatcher') labels.push(said())
    },
  })
  if (wrong.length > 0 || series.length === 0) throw new Error(`no query: ${query} ${wrong.join(', ')}`)
  return series
}

/** Labels that a query groups by, whatever it groups. */
export function groupingLabelsOf(query: string): string[] {
  const text = query.replaceAll('$__rate_interval', '1m')
  const labels: string[] = []
  parser.parse(text).iterate({
    enter(node) {
      if (node.name === 'LabelName' && node.node.parent?.name === 'GroupingLabels')
        labels.push(text.slice(node.from, node.to))
    },
  })
  return labels
}
