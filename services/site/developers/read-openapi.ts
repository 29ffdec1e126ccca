/**
 * What a page shows of an OpenAPI document: its routes, their parameters, bodies and answers. Read with care, for it is made by a
 * library; what is not as expected is left out.
 * @module
 */

export interface ApiRoute {
  readonly method: string
  readonly path: string
  /** `POST-v1-sessions`, for links within the page. */
  readonly anchor: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly needsToken: boolean
  readonly parameters: readonly ApiField[]
  readonly bodies: readonly { readonly mediaType: string; readonly fields: readonly ApiField[] }[]
  readonly answers: readonly {
    readonly status: string
    readonly description: string
    readonly fields: readonly ApiField[]
  }[]
}

export interface ApiField {
  /** `tracks[].tags.bpm`; `{region} (path)` is told apart by `place`. */
  readonly name: string
  readonly place: string
  readonly type: string
  readonly isRequired: boolean
  readonly description: string
}

/** Deeper members stand in `/openapi.json`. */
const DEPTH_MAX = 5
const FIELDS_MAX = 80
const methods = ['get', 'post', 'put', 'patch', 'delete']

/** In the order of tags, then of paths. */
export function readOpenApi(document: unknown): ApiRoute[] {
  const routes = entriesOf(memberOf(document, 'paths')).flatMap(([path, item]) =>
    entriesOf(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => toRoute(path, method.toUpperCase(), operation)),
  )
  return routes.sort((a, b) => compare(a.tag, b.tag) || compare(a.path, b.path))
}

function toRoute(path: string, method: string, operation: unknown): ApiRoute {
  const [tag] = listOf(memberOf(operation, 'tags'))
  return {
    method,
    path,
    anchor: `${method}${path.replace(/[^a-z0-9]+/gi, '-')}`,
    tag: textOf(tag) || 'operations',
    summary: textOf(memberOf(operation, 'summary')),
    description: textOf(memberOf(operation, 'description')),
    needsToken: listOf(memberOf(operation, 'security')).length > 0,
    parameters: listOf(memberOf(operation, 'parameters')).map(toParameter),
    bodies: entriesOf(memberOf(memberOf(operation, 'requestBody'), 'content')).map(([mediaType, content]) => ({
      mediaType,
      fields: fieldsOf(memberOf(content, 'schema')),
    })),
    answers: entriesOf(memberOf(operation, 'responses')).map(([status, answer]) => ({
      status,
      description: textOf(memberOf(answer, 'description')),
      // Every problem has the same members, which are told once.
      fields: Number(status) < 400 ? fieldsOfContent(memberOf(answer, 'content')) : [],
    })),
  }
}

function toParameter(parameter: unknown): ApiField {
  const schema = memberOf(parameter, 'schema')
  return {
    name: textOf(memberOf(parameter, 'name')),
    place: textOf(memberOf(parameter, 'in')),
    type: typeOf(schema),
    isRequired: memberOf(parameter, 'required') === true,
    description: textOf(memberOf(parameter, 'description')) || textOf(memberOf(schema, 'description')),
  }
}

function fieldsOfContent(content: unknown): ApiField[] {
  const [first] = entriesOf(content)
  return first === undefined ? [] : fieldsOf(memberOf(first[1], 'schema'))
}

/** The members of a schema, and of those in it, as far as one reads. */
function fieldsOf(schema: unknown): ApiField[] {
  const fields: ApiField[] = []
  addFields(schema, '', 0, fields)
  return fields.slice(0, FIELDS_MAX)
}

function addFields(schema: unknown, before: string, depth: number, fields: ApiField[]): void {
  if (depth > DEPTH_MAX || fields.length > FIELDS_MAX) return
  const required = listOf(memberOf(schema, 'required'))
  for (const [name, member] of entriesOf(memberOf(schema, 'properties'))) {
    const path = before === '' ? name : `${before}.${name}`
    fields.push({
      name: path,
      place: '',
      type: typeOf(member),
      isRequired: required.includes(name),
      description: textOf(memberOf(member, 'description')),
    })
    addFields(member, path, depth + 1, fields)
  }
  const items = memberOf(schema, 'items')
  if (items !== undefined) addFields(items, `${before}[]`, depth, fields)
  for (const choice of [...listOf(memberOf(schema, 'anyOf')), ...listOf(memberOf(schema, 'allOf'))]) {
    addFields(choice, before, depth, fields)
  }
}

/** `integer`, `string[]`, `"week" | "month"`, `number | null`. */
function typeOf(schema: unknown): string {
  const choices = listOf(memberOf(schema, 'anyOf'))
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(' | ')
  const values = listOf(memberOf(schema, 'enum'))
  if (values.length > 0) return values.map((value) => JSON.stringify(value)).join(' | ')
  const value = memberOf(schema, 'const')
  if (value !== undefined) return JSON.stringify(value)
  const items = memberOf(schema, 'items')
  if (items !== undefined) return `${typeOf(items)}[]`
  return textOf(memberOf(schema, 'type')) || 'any'
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name] // an own property, as was just asked
    : undefined
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
