/**
 * What a DJ takes along, the question before everything is erased, and the receipt of an erasure.
 * @module
 */

import type { Asset } from '#platform/pages/assets.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import type { Visit } from '../visit.ts'
import { formSecret, ownPage } from './own-page.ts'

export function dataPage(visit: Visit): Page {
  const { texts, link } = visit.locale
  const { ownData } = texts
  const body = html`<h1>${ownData.title}</h1>
<section class="card own-choice"><h2>${ownData.exportTitle}</h2>
<p>${ownData.exportText}</p>
<form method="post" action="${link('/me/export')}">${formSecret(visit.session.formSecret)}<button type="submit" class="primary">${ownData.exportButton}</button></form></section>
<section class="card own-choice"><h2>${ownData.eraseTitle}</h2>
<p>${ownData.eraseText}</p>
<p><a class="button" href="${link('/me/erase')}">${ownData.toErase}</a></p></section>`
  return ownPage({ part: 'data', title: ownData.title, body, width: 'text' }, visit)
}

export function erasePage({ isRefused }: { readonly isRefused: boolean }, visit: Visit): Page {
  const { texts, link } = visit.locale
  const { ownData } = texts
  const body = html`<h1>${ownData.confirmTitle}</h1>
<p class="lead">${ownData.eraseText}</p>
<p>${ownData.confirmText}</p>
<form method="post" action="${link('/me/erase')}">${formSecret(visit.session.formSecret)}
<label class="check"><input type="checkbox" name="understood" value="yes" required> ${ownData.understood}</label>
${isRefused && html`<p class="error" role="alert">${ownData.notUnderstood}</p>`}
<div class="own-actions"><button type="submit" class="danger">${ownData.eraseYes}</button><a class="button" href="${link('/me/data')}">${ownData.eraseNo}</a></div>
</form>`
  return ownPage({ part: 'data', title: ownData.confirmTitle, path: '/me/erase', body, width: 'text' }, visit)
}

/** For whoever has the receipt, signed in or not. */
export function receiptPage(status: ErasureStatus, locale: Locale, scripts: readonly Asset[]): Page {
  const { texts, formats, link } = locale
  const { ownData } = texts
  const { receipt, state, acceptedAt, erasedAt, completedAt, logExpiresAt, rowsLeft, chartsRebuilt } = status
  const path = `/me/erasures/${receipt}`
  const time = (name: string, at: string | null) =>
    html`<div><dt>${name}</dt><dd>${at === null ? html`<span class="soft">${ownData.notYet}</span>` : html`<time datetime="${at}">${formats.dateTime(at)} UTC</time>`}</dd></div>\n`
  return {
    title: ownData.receiptTitle,
    description: ownData.receiptTitle,
    canonicalPath: path,
    robots: 'noindex',
    area: 'me',
    width: 'text',
    scripts,
    body: html`<h1>${ownData.receiptTitle}</h1>
<p class="own-intro">${ownData.receiptText}</p>
<div id="progress" aria-live="polite"${state !== 'complete' && html` data-follow="yes"`}>
<p class="lead">${ownData.states[state]}</p>
<dl class="own-facts">
${time(ownData.acceptedAt, acceptedAt)}${time(ownData.erasedAt, erasedAt)}${time(ownData.completedAt, completedAt)}${time(ownData.logExpiresAt, logExpiresAt)}</dl>
<h2>${ownData.rowsLeft}</h2>
${rowTable(rowsLeft, locale)}
<p>${formats.plural(chartsRebuilt.length, ownData.chartsRebuilt)}</p>
${state !== 'complete' && html`<p><a class="button" href="${link(path)}">${ownData.again}</a></p>`}
</div>`,
  }
}

function rowTable(rowsLeft: ErasureStatus['rowsLeft'], { texts: { ownData }, formats }: Locale): Html {
  const tables = Object.entries(rowsLeft)
  if (tables.length === 0) return html`<p>${ownData.notCounted}</p>`
  return html`<div class="table"><table><caption class="spoken">${ownData.rowsLeft}</caption>
<thead><tr><th scope="col">${ownData.table}</th><th scope="col" class="number">${ownData.rows}</th></tr></thead>
<tbody>${tables.map(([table, rows]) => html`<tr><td><code>${table}</code></td><td class="number">${formats.count(rows)}</td></tr>\n`)}</tbody></table></div>`
}
