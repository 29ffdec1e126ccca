/**
 * Certificate and key of HTTPS, from files that may be renewed while the server runs.
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { TonearmError } from '../errors/tonearm-error.ts'

/** TLS 1.0 and 1.1 are deprecated (RFC 8996). */
const MIN_VERSION = 'TLSv1.2'

/** Contents are compared, not times or inodes: renewals rename files, or change where a symbolic link leads. */
const CHECK_EVERY_MS = 10_000

export interface TlsSettings {
  readonly TLS_CERT?: string
  readonly TLS_KEY?: string
}

export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

export interface TlsIdentity {
  /** PEM, with the chain. */
  readonly cert: Buffer
  /** PEM. */
  readonly key: Buffer
  readonly minVersion: typeof MIN_VERSION
}

/** The files of the settings, both or none. Throws `config-invalid` where one is missing. */
export function tlsFilesOf(settings: TlsSettings): TlsFiles | undefined {
  const { TLS_CERT: certFile, TLS_KEY: keyFile } = settings
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined) throw new TonearmError('config-invalid', 'TLS_CERT: TLS_CERT and TLS_KEY go together')
  if (keyFile === undefined) throw new TonearmError('config-invalid', 'TLS_KEY: TLS_CERT and TLS_KEY go together')
  return { certFile, keyFile }
}

/** Reads both files. Throws `config-invalid`, naming the setting, where they cannot be served with. */
export function readTlsIdentity({ certFile, keyFile }: TlsFiles): TlsIdentity {
  const identity = {
    cert: readSetting('TLS_CERT', certFile),
    key: readSetting('TLS_KEY', keyFile),
    minVersion: MIN_VERSION,
  } as const
  try {
    createSecureContext(identity)
  } catch (cause) {
    const detail = 'no certificate and private key in PEM that belong together'
    throw new TonearmError('config-invalid', `TLS_CERT or TLS_KEY: ${detail}`, cause)
  }
  return identity
}

/**
 * Serves new connections with the files as they become; those that are open stay as they are. Files that cannot be
 * served with are told once in the log, and what was served stays. What it returns ends it.
 */
export function followTlsFiles(
  server: FastifyInstance,
  options: {
    readonly files: TlsFiles
    /** What the server was made with. */
    readonly identity: TlsIdentity
    readonly logger: FastifyBaseLogger
    readonly checkEveryMs?: number
  },
): () => void {
  const { files, identity, logger, checkEveryMs = CHECK_EVERY_MS } = options
  // A server with a certificate is one of `node:https`; Fastify's type names the other kind.
  const httpsServer = server.server as unknown as Server
  let served = fingerprint(identity)
  let refused: string | undefined

  const check = () => {
    try {
      const next = readTlsIdentity(files)
      refused = undefined
      if (fingerprint(next) === served) return
      httpsServer.setSecureContext(next)
      served = fingerprint(next)
      logger.info('the certificate was renewed')
    } catch (cause) {
      // Half of a renewal looks like this for a moment. A file that stays broken must not fill the log.
      const detail = cause instanceof Error ? cause.message : ''
      if (refused !== detail) logger.warn({ error: cause }, 'the certificate cannot be renewed from its files')
      refused = detail
    }
  }
  const timer = setInterval(check, checkEveryMs).unref()
  return () => clearInterval(timer)
}

function readSetting(name: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new TonearmError('config-invalid', `${name}: the file cannot be read`, cause)
  }
}

function fingerprint({ cert, key }: TlsIdentity): string {
  return createHash('sha256').update(cert).update('\0').update(key).digest('base64')
}
