/**
 * The pages of signing in and out.
 * @module
 */
import { LINK_MINUTES } from '#platform/keys/sign-in-links.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'

/** What somebody who is not signed in is offered. */
export type SignInOffer =
  | { readonly kind: 'not-safe' }
  | { readonly kind: 'none' }
  | { readonly kind: 'provider'; readonly problem?: 'refused' | 'unavailable' }
  | { readonly kind: 'link'; readonly problem?: 'used' }
  | { readonly kind: 'code'; readonly code: string; readonly accountId: string }

export function signInPage(offer: SignInOffer, locale: Locale): Page {
  const { signIn } = locale.texts
  return {
    title: signIn.title,
    description: signIn.lead,
    canonicalPath: '/me/sign-in',
    robots: 'noindex',
    area: 'me',
    width: 'text',
    body: html`<h1>${signIn.title}</h1>
${'problem' in offer && html`<div class="notice error" role="alert"><p>${signIn.problems[offer.problem]}</p></div>`}
<p class="lead">${signIn.lead}</p>
${wayIn(offer, locale)}
<p class="soft">${signIn.cookie}</p>`,
  }
}

function wayIn(offer: SignInOffer, { texts: { signIn }, link }: Locale): Html {
  switch (offer.kind) {
    case 'provider':
      return html`<p><a class="button primary" href="${link('/me/sign-in/provider')}">${signIn.toProvider}</a></p>`
    case 'code':
      return html`<form method="post" action="${link('/me/sign-in')}">
<input type="hidden" name="code" value="${offer.code}">
<button type="submit" class="primary">${signIn.as} <bdi>${offer.accountId}</bdi></button>
</form>`
    case 'link':
      return html`<p>${signIn.byLink(LINK_MINUTES)}</p>
<pre><code>npm run -s token -- --sub NAME --link</code></pre>`
    case 'none':
      return html`<div class="notice"><p>${signIn.notSetUp}</p></div>`
    case 'not-safe':
      return html`<div class="notice error"><p>${signIn.notSafe}</p></div>`
  }
}

export function signedOutPage({ hasProvider }: { readonly hasProvider: boolean }, { texts, link }: Locale): Page {
  const { signIn } = texts
  return {
    title: signIn.signedOut,
    description: signIn.signedOut,
    canonicalPath: '/me/signed-out',
    robots: 'noindex',
    area: 'me',
    width: 'text',
    body: html`<h1>${signIn.signedOut}</h1>
${hasProvider && html`<p class="own-intro">${signIn.stillAtProvider}</p><p><a class="button" href="${link('/me/signed-out/provider')}">${signIn.outAtProvider}</a></p>`}
<p class="own-intro"><a href="${link('/me/sign-in')}">${signIn.again}</a></p>`,
  }
}
