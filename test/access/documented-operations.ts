/**
 * The operations that `/openapi.json` of a running server names, as requests that can be made.
 * @module
 */

export interface DocumentedOperation {
  readonly method: string
  /** As documented: `/v1/sessions/{key}`. */
  readonly path: string
  /** Scopes that may call it; none where it is public. */
  readonly scopes: readonly string[]
  /** Media type of its body, where it takes one. */
  readonly bodyType: string | undefined
}

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
            readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
          }
        >
      >
    >
  >
}

/** Every operation; for each `GET`, its `HEAD` too, which the server has and the document leaves out. */
export async function readOperations(address: string): Promise<DocumentedOperation[]> {
  const document = (await (await fetch(new URL('/openapi.json', address))).json()) as OpenApi // its own test checks it
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { security = [], requestBody }]) => {
      const operation = {
        path,
        scopes: security.flatMap((scheme) => Object.values(scheme).flat()),
        bodyType: Object.keys(requestBody?.content ?? {})[0],
      }
      const methods = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]
      return methods.map((name) => ({ method: name, ...operation }))
    }),
  )
}

/** The path with its parameters filled; one that `values` does not have gets a text that names nothing. */
export function fillPath(path: string, values: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(values[name] ?? 'unknown'))
}
