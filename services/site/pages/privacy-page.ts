/**
 * The privacy page: what is kept, why, how long and who sees it, from the labels that the code is held to, with the numbers
 * of the settings in force; and what a DJ can do about it.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import type { RetentionLimits } from '#schemas/privacy/labels.ts'
import { privacyTables } from './privacy-tables.ts'

/** Settings that the page tells of. */
export interface PrivacyFacts {
  readonly chartMinDjs: number
  readonly chartMinChangedDjs: number
  readonly takeBackHoursMax: number
  readonly limits: RetentionLimits
}

export function privacyPage(facts: PrivacyFacts, locale: Locale): Page {
  const { privacy } = locale.texts
  const { limits, takeBackHoursMax } = facts
  const body = html`<h1>${privacy.title}</h1>
<p class="lead">${privacy.lead}</p>
<h2>${privacy.kept}</h2>
${privacyTables(limits, locale)}
${section(privacy.never)}
${section(privacy.charts(facts.chartMinDjs, facts.chartMinChangedDjs))}
<h2>${privacy.howLong}</h2>
<dl>
${privacy.howLongRows(limits, takeBackHoursMax).map(([what, time]) => html`<dt>${what}</dt><dd>${time}</dd>\n`)}</dl>
<p>${privacy.gone}</p>
<h2>${privacy.rights}</h2>
<ul>
${privacy.rightsList(takeBackHoursMax).map(([right, words]) => html`<li><strong>${right}</strong> ${words}</li>\n`)}</ul>
${section(privacy.underAge)}
${section(privacy.admins(limits.auditDays))}
${section(privacy.backups(limits.backupDays))}
${section(privacy.cookies)}`
  return { title: privacy.title, description: privacy.description, body, canonicalPath: '/privacy' }
}

function section([heading, words]: readonly string[]): Html {
  return html`<h2>${heading}</h2>
<p>${words}</p>`
}
