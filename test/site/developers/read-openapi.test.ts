import { describe, expect, it } from 'vitest'
import { readOpenApi } from '../../../services/site/developers/read-openapi.ts'

describe('the routes of an OpenAPI document', () => {
  it('are read with their parameters, bodies and answers', () => {
    const [route, ...others] = readOpenApi({
      paths: {
        '/v1/things/{id}': {
          put: {
            tags: ['things'],
            summary: 'A thing',
            security: [{ bearer: ['dj'] }],
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'Its id' }],
            requestBody: {
              content: {
                'application/json': {
                  schema: {
                    required: ['name'],
                    properties: {
                      name: { type: 'string', description: 'What it is called' },
                      parts: {
                        type: 'array',
                        items: { properties: { size: { anyOf: [{ type: 'number' }, { type: 'null' }] } } },
                      },
                    },
                  },
                },
              },
            },
            responses: { 200: { description: 'Done' }, 404: { description: 'None', content: {} } },
          },
        },
      },
    })
    expect(others).toEqual([])
    expect(route).toMatchObject({
      method: 'PUT',
      path: '/v1/things/{id}',
      anchor: 'PUT-v1-things-id-',
      needsToken: true,
    })
    expect(route?.parameters).toEqual([
      { name: 'id', place: 'path', type: 'string', isRequired: true, description: 'Its id' },
    ])
    expect(route?.bodies[0]?.fields.map(({ name, type, isRequired }) => [name, type, isRequired])).toEqual([
      ['name', 'string', true],
      ['parts', 'any[]', false],
      ['parts[].size', 'number | null', false],
    ])
    expect(route?.answers.map(({ status }) => status)).toEqual(['200', '404'])
  })

  it.each([undefined, null, 7, 'text', [], { paths: [] }, { paths: { '/a': null } }, { paths: { '/a': { get: 3 } } }])(
    'are none, or bare ones, where the document is %j',
    (document) => {
      expect(readOpenApi(document).every(({ parameters, bodies }) => parameters.length + bodies.length === 0)).toBe(
        true,
      )
    },
  )
})
