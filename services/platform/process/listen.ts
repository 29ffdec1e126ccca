import type { FastifyInstance } from 'fastify'
import { TonearmError } from '../errors/tonearm-error.ts'

/** Serves, and resolves with the address. Throws `config-invalid` where it is taken, or none of this machine. */
export async function listen(
  server: FastifyInstance,
  { HOST: host, PORT: port }: { readonly HOST: string; readonly PORT: number },
): Promise<string> {
  try {
    return await server.listen({ host, port, listenTextResolver: () => 'serving' })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unusable'
    throw new TonearmError('config-invalid', `HOST or PORT: ${detail}`, cause)
  }
}
