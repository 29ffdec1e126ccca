/**
 * What `/sql` takes and answers, for `/openapi.json`. Errors have ClickHouse's own form here, for its clients read that.
 * @module
 */
import Type from 'typebox'
import { BEARER } from '#platform/http/openapi.ts'

const text = (description: string) => ({ description, content: { 'text/plain': { schema: Type.String() } } })

const common = { tags: ['analysts'] }

export const pingSchema = {
  ...common,
  summary: 'Says that it serves',
  response: { 200: text('`Ok.`') },
}

export const sqlSchema = {
  ...common,
  security: [{ [BEARER]: ['analyst'] }],
  summary: "Runs a statement, as ClickHouse's HTTP interface does",
  description:
    "ClickHouse's own clients and tools connect to it. The token is the password of any user name, `X-ClickHouse-Key`, or a bearer. " +
    'Read-only: `SELECT`, `DESCRIBE`, `SHOW TABLES` and the like, over the database `analytics`. The statement stands in `query`, in ' +
    'the body, or in both, one behind the other. Further parameters are `default_format`, `param_NAME`, `database`, `query_id`, ' +
    '`wait_end_of_query` and settings of how an answer is written.',
  querystring: Type.Object({
    query: Type.Optional(Type.String({ description: 'The statement, or its begin' })),
    default_format: Type.Optional(Type.String({ description: 'Format where the statement names none' })),
    query_id: Type.Optional(Type.String({ description: 'Name of the statement, given back in a header' })),
  }),
  response: {
    200: text('The result, in the format that was asked for'),
    400: text("ClickHouse's exception: the statement or a parameter is wrong"),
    401: text("ClickHouse's exception 516: no token, or a bad one"),
    403: text("ClickHouse's exception 497: another scope, or something that analysts may not do"),
    404: text("ClickHouse's exception: a table, a database or a function that there is not"),
    408: text("ClickHouse's exception 159: it took too long"),
    413: text("ClickHouse's exception: the statement is too long"),
    429: text("ClickHouse's exception 202: too many at once"),
    500: text("ClickHouse's exception: anything else, read-only and limits of memory and rows among it"),
    501: text("ClickHouse's exception 48: what is not done here"),
    503: text('What it depends on is out of reach'),
  },
}

export const sqlBodySchema = {
  ...sqlSchema,
  body: { content: { 'text/plain': { schema: Type.String({ description: 'The statement, or its end' }) } } },
}
