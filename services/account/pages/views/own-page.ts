/**
 * What a DJ's own pages share: the way between them, the way out, and what became of the form before.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Page } from '#platform/pages/page.ts'
import { FORM_SECRET } from '../sign-in/read-form.ts'
import type { Visit } from '../visit.ts'

export type OwnPart = 'overview' | 'sessions' | 'upload' | 'profile' | 'choices' | 'data'

/** What became of a form that led to the page: everything that is durable is saved, whether the store shows it or not. */
export type Outcome = 'saved' | 'pending' | 'refused'

const paths: Readonly<Record<OwnPart, string>> = {
  overview: '/me',
  sessions: '/me/sessions',
  upload: '/me/upload',
  profile: '/me/profile',
  choices: '/me/choices',
  data: '/me/data',
}

export interface OwnPageContent {
  readonly part: OwnPart
  readonly title: string
  readonly body: Html
  /** Without the prefix of a language; that of the part by default. */
  readonly path?: string
  /** `text` is as wide as one likes to read; what all of these pages share stays where it is. */
  readonly width?: Page['width']
  readonly outcome?: Outcome | undefined
  readonly scripts?: Page['scripts']
}

export function ownPage(content: OwnPageContent, { locale, session }: Visit): Page {
  const { part, title, body, outcome, path = paths[part], width = 'wide', scripts = [] } = content
  const { texts, link } = locale
  return {
    title,
    description: texts.own.welcome,
    canonicalPath: path,
    robots: 'noindex',
    area: 'me',
    scripts,
    body: html`<nav class="own-bar" aria-label="${texts.own.parts}"><ul class="choices">
${Object.entries(paths).map(([name, address]) => partLink(texts.own[name as OwnPart], link(address), name === part))}<li class="own-out"><form method="post" action="${link('/me/sign-out')}">${formSecret(session.formSecret)}<button type="submit">${texts.own.signOut}</button></form></li>
</ul></nav>
${outcome !== undefined && html`<div class="notice${outcome === 'refused' && ' error'}" role="status"><p>${texts.own[outcome]}</p></div>`}
${width === 'text' ? html`<div class="own-text">${body}</div>` : body}`,
  }
}

function partLink(name: string, address: string, isCurrent: boolean): Html {
  return html`<li><a href="${address}"${isCurrent && html` aria-current="page"`}>${name}</a></li>\n`
}

/** Stands in every form that is sent by `POST`. */
export function formSecret(secret: string): Html {
  return html`<input type="hidden" name="${FORM_SECRET}" value="${secret}">`
}

/** The query that tells the page behind a form what became of it, and what the page makes of one. */
export function outcomeQuery(isShown: boolean): string {
  return isShown ? '?saved=yes' : '?saved=soon'
}

export function readOutcome(query: Readonly<Record<string, unknown>>): Outcome | undefined {
  return query['saved'] === 'yes' ? 'saved' : query['saved'] === 'soon' ? 'pending' : undefined
}
