/**
 * Which service a path goes to, as the Caddyfile and the Ingress say.
 * @module
 */
import { readInfra, readYaml } from '../infra-files.ts'

/** The service that gets a path from Caddy; `undefined` where Caddy itself answers that there is nothing. */
export function caddyRoute(path: string): string | undefined {
  const text = readInfra('caddy/Caddyfile').replace(/^\s*#.*$/gm, '')
  const matchers = new Map(
    [...text.matchAll(/^\s*(@\w+) path (.+)$/gm)].map(([, name = '', paths = '']) => [name, paths.trim().split(/\s+/)]),
  )
  const handles = [...text.matchAll(/^\s*handle (@\w+ )?\{\s*(respond 404|import service (\w+))\s*\}/gm)]
  for (const [, matcher, , service] of handles) {
    const patterns = matcher === undefined ? ['*'] : (matchers.get(matcher.trim()) ?? [])
    if (patterns.some((pattern) => fitsCaddy(pattern, path))) return service
  }
  throw new Error(`the Caddyfile says nothing of ${path}`)
}

/** Whole, but for a `*` at the end. */
function fitsCaddy(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}

interface IngressPath {
  readonly path: string
  readonly pathType: 'Exact' | 'Prefix'
  readonly backend: { readonly service: { readonly name: string } }
}

/** The service that gets a path from the Ingress; `undefined` where none does. */
export function ingressRoute(path: string): string | undefined {
  const [ingress] = readYaml('k8s/ingress.yaml') as [{ spec: { rules: { http: { paths: IngressPath[] } }[] } }] // held to the types by a test
  const paths = ingress.spec.rules.flatMap((rule) => rule.http.paths)
  const fitting = paths.filter((entry) => fitsIngress(entry, path))
  // The longest one; of two, the exact one.
  fitting.sort((a, b) => b.path.length - a.path.length || (a.pathType === 'Exact' ? -1 : 1))
  return fitting[0]?.backend.service.name
}

/** A prefix fits whole parts of a path: `/charts` fits `/charts/world`, and not `/chartsy`. */
function fitsIngress(entry: IngressPath, path: string): boolean {
  if (entry.pathType === 'Exact') return entry.path === path
  return path === entry.path || path.startsWith(`${entry.path}/`)
}
