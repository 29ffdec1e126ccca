/**
 * Somebody with a browser that runs no scripts: keeps cookies, follows redirects, fills forms in and sends them.
 * @module
 */

export interface VisitedPage {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** Where the redirects ended: path and query. */
  readonly path: string
}

export type PageVisitor = ReturnType<typeof createPageVisitor>

const REDIRECTS_MAX = 5

export function createPageVisitor(address: string) {
  const cookies = new Map<string, string>()
  const cookiesSet: string[] = []
  let secret: string | undefined

  async function once(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...init.headers }
    const answer = await fetch(new URL(path, address), { ...init, headers, redirect: 'manual' })
    for (const text of answer.headers.getSetCookie()) {
      cookiesSet.push(text)
      const [pair = ''] = text.split(';')
      const [name = '', value = ''] = pair.split('=', 2)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }

  async function follow(path: string, init?: RequestInit): Promise<VisitedPage> {
    let answer = await once(path, init)
    let at = new URL(path, address)
    for (let turns = 0; answer.status === 303 && turns < REDIRECTS_MAX; turns += 1) {
      at = new URL(answer.headers.get('location') ?? '', at)
      if (at.origin !== new URL(address).origin) break
      await answer.arrayBuffer()
      answer = await once(at.pathname + at.search, { headers: init?.method === undefined ? (init?.headers ?? {}) : {} })
    }
    const text = await answer.text()
    secret = /name="form" value="([^"]+)"/.exec(text)?.[1] ?? secret
    return { status: answer.status, text, headers: answer.headers, path: at.pathname + at.search }
  }

  return {
    cookies,
    /** Every `Set-Cookie` so far. */
    cookiesSet,
    get: (path: string, headers: Readonly<Record<string, string>> = {}) => follow(path, { headers }),
    /** Sends a form as the last page has it: with its secret, from its origin. What is given goes before. */
    async post(
      path: string,
      fields: Readonly<Record<string, string | readonly string[]>>,
      headers: Readonly<Record<string, string>> = {},
    ) {
      const body = new URLSearchParams(secret === undefined ? {} : { form: secret })
      for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value)
      if ('form' in fields) body.set('form', String(fields['form']))
      const { origin } = new URL(address)
      return await follow(path, { method: 'POST', body, headers: { origin, ...headers } })
    },
  }
}
