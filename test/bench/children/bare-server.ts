/**
 * The baseline of everything over HTTP: Fastify as it comes, with routes that do nothing but what cannot be left out.
 * @module
 */
import fastify from 'fastify'
import Type from 'typebox'
import { BODY_BYTES_MAX, SessionUpload } from '#schemas/records/session.ts'
import { answerCommands } from '../child-process.ts'
import { watchVitalSigns } from './vital-signs.ts'

const server = fastify({ bodyLimit: BODY_BYTES_MAX })
const Sessions = Type.Object({ sessions: Type.Array(SessionUpload) })
/** Bytes that are sent, by path; filled before the load begins. */
const answers = new Map<string, { readonly bytes: Buffer; readonly contentType: string }>()

server.post('/one', { schema: { body: SessionUpload } }, async (_request, reply) => reply.status(202).send({}))
server.post('/many', { schema: { body: Sessions } }, async (_request, reply) => reply.status(202).send({}))
server.get<{ Params: { name: string } }>('/answers/:name', async (request, reply) => {
  const answer = answers.get(request.params.name)
  if (answer === undefined) return reply.status(404).send({})
  return reply.type(answer.contentType).send(answer.bytes)
})

const commands = {
  vitalSigns: watchVitalSigns(),
  listen: () => server.listen({ host: '127.0.0.1', port: 0 }),
  serve(name: string, bytes: Uint8Array, contentType: string): void {
    answers.set(name, { bytes: Buffer.from(bytes), contentType })
  },
}
export type BareServerCommands = typeof commands

answerCommands(commands, () => server.close())
