/**
 * Names of this very computer, to which nothing can be overheard on its way.
 * @module
 */

/** Whether the host name of a URL is one. The parser of URLs has brought every IPv4 address to four decimal numbers. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

/** Over https, or over http to this computer; and without a user name, which has no place in a setting. */
export function isSafeUrl({ protocol, hostname, username, password }: URL): boolean {
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return isSafe && username === '' && password === ''
}
