/**
 * The tables of the privacy page: what is kept, why, who sees it and how long, one row a label. A label cannot be missing
 * in them, for they are made of all there are.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { type FieldLabel, profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import { type LabelName, labels, type RetentionLimits } from '#schemas/privacy/labels.ts'

export function privacyTables(limits: RetentionLimits, locale: Locale): Html {
  const { privacy, privacyLabels } = locale.texts
  const derived: Partial<Record<string, string>> = privacyLabels.derived
  const named = new Set<string>([...Object.values(sessionFields), ...Object.values(profileFields)])
  // Every name of a label is one.
  const rest = (Object.keys(labels) as LabelName[]).filter((name) => !named.has(name))
  const derivedWords = new Map(rest.map((name) => [name, [derived[name] ?? name.replaceAll('-', ' ')]]))
  return html`${keptTable(privacy.ofSession, byLabel(sessionFields, locale), limits, locale)}
${keptTable(privacy.ofProfile, byLabel(profileFields, locale), limits, locale)}
${keptTable(privacy.madeOfIt, derivedWords, limits, locale)}`
}

/** The fields that are kept, by their label. */
function byLabel(fields: Readonly<Record<string, FieldLabel>>, { texts }: Locale): Map<LabelName, string[]> {
  const words = new Map<LabelName, string[]>()
  for (const [path, name] of Object.entries(fields)) {
    if (name === 'not-kept' || name === 'operational') continue
    words.set(name, [...(words.get(name) ?? []), texts.privacyLabels.fields[path] ?? path])
  }
  return words
}

function keptTable(
  caption: string,
  words: ReadonlyMap<LabelName, readonly string[]>,
  limits: RetentionLimits,
  locale: Locale,
): Html {
  const { privacy } = locale.texts
  return html`<div class="table" role="group" aria-label="${caption}" tabindex="0"><table class="kept">
<caption>${caption}</caption>
<thead><tr><th scope="col">${privacy.what}</th><th scope="col">${privacy.why}</th><th scope="col">${privacy.who}</th><th scope="col">${privacy.keptFor}</th></tr></thead>
<tbody>
${[...words].map(([name, what]) => keptRow(name, what, limits, locale))}</tbody>
</table></div>`
}

function keptRow(name: LabelName, what: readonly string[], limits: RetentionLimits, { texts }: Locale): Html {
  const { purposes, audiences, keeps } = texts.privacyLabels
  const label = labels[name]
  const who = label.audiences.map((audience) => audiences[audience]).join('; ')
  return html`<tr><td>${what.join(', ')}</td><td>${purposes[name]}</td><td>${who}</td><td>${keeps[label.keep](limits)}</td></tr>
`
}
