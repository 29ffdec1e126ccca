/**
 * Which methods an address has, for the answer to a request with another one (RFC 9110, 15.5.6).
 * @module
 */
import type { FastifyInstance } from 'fastify'

/** Collects the routes that are registered from now on; asked with a path, tells its methods, sorted. */
export function collectMethods(server: FastifyInstance): (path: string) => string[] {
  const methodsByPattern = new Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>()
  server.addHook('onRoute', ({ url, method }) => {
    // A wildcard stands for what has no route of its own.
    if (url.includes('*')) return
    const known = methodsByPattern.get(url) ?? { matches: toRegExp(url), methods: new Set<string>() }
    for (const one of [method].flat()) known.methods.add(one)
    methodsByPattern.set(url, known)
  })
  return (path) => {
    const found = [...methodsByPattern.values()].filter(({ matches }) => matches.test(path))
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort()
  }
}

/** `/v1/sessions/:key` as an expression; a parameter is one part of a path. */
function toRegExp(pattern: string): RegExp {
  const literal = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replace(/:\w+/g, '[^/]+')}$`)
}
