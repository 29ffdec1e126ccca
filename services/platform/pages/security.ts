/**
 * What a page allows a browser to load and to run: what this server serves, and nothing that stands in the page itself. So
 * text that became markup after all would still run nothing.
 * @module
 */

export interface PagePolicyOptions {
  /** Who may show the page in a frame; `*` for what is made to be embedded. Nobody where it is not said. */
  readonly frameAncestors?: string
  /** Where a form of the page may lead beside this server: the identity provider's origin, for a sign-in that redirects. */
  readonly formAction?: string
}

/** The value of `content-security-policy` for a page. JSON-LD is data, which no policy counts as a script. */
export function pagePolicy({ frameAncestors = "'none'", formAction = '' }: PagePolicyOptions = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${`'self' ${formAction}`.trim()}`,
    `frame-ancestors ${frameAncestors}`,
  ].join('; ')
}
