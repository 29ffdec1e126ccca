/**
 * Asks the service in this container whether it is alive: the image has no curl. Ends with 0 where it is, with 1 else.
 *
 * Over TLS the certificate is for the name that others call it by, so here it is not looked at.
 * @module
 */
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'

const ANSWER_MS_MAX = 2_500
const { PORT = '8080', TLS_CERT = '' } = process.env

const get = TLS_CERT === '' ? getHttp : getHttps
const request = get(
  { host: '127.0.0.1', port: PORT, path: '/healthz', timeout: ANSWER_MS_MAX, rejectUnauthorized: false },
  (response) => process.exit(response.statusCode === 200 ? 0 : 1),
)
request.on('timeout', () => process.exit(1))
request.on('error', () => process.exit(1))
