/**
 * `GET /openapi.json`: what the server's routes take and answer, made of the same schemas that check it.
 * @module
 */
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { allowAnyOrigin } from './security-headers.ts'

/** Name of the security scheme that routes with a scope refer to: `security: [{ [BEARER]: ['dj'] }]`. */
export const BEARER = 'bearer'

/** Adds the document. Call it before the routes: it collects those that are registered after it. */
export async function registerOpenApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tonearm',
        version: '1',
        description: 'Charts of what DJs really play, from the sessions their software records.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          [BEARER]: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: '`sub` is the account; `scope` holds dj, analyst or admin.',
          },
        },
      },
    },
  })
  server.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    // Readers of such documents are often pages of other sites.
    allowAnyOrigin(reply)
    return server.swagger()
  })
}
