import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { createAsset, serveAssets } from '#platform/pages/assets.ts'

const content = 'a'.repeat(5000)
const asset = createAsset({ name: 'some', extension: 'css', content, contentType: 'text/css' })
const open = () => {
  const server = Fastify()
  serveAssets(server, [asset, asset])
  return server
}
const ask = (headers: Record<string, string>) => open().inject({ url: asset.path, headers })

describe('a body that is sent', () => {
  it('is compressed as the reader understands, each form under a tag of its own', async () => {
    const plain = await ask({})
    const br = await ask({ 'accept-encoding': 'gzip, deflate, br' })
    const gzip = await ask({ 'accept-encoding': 'gzip, br;q=0' })
    expect(plain.body).toBe(content)
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(content)
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(content)
    expect(new Set([plain, br, gzip].map(({ headers }) => headers.etag)).size).toBe(3)
    for (const { headers } of [plain, br, gzip]) expect(headers.vary).toContain('accept-encoding')
  })

  it('answers 304 to the tag of each form', async () => {
    for (const encoding of ['identity', 'br', 'gzip']) {
      const { headers } = await ask({ 'accept-encoding': encoding })
      const again = await ask({ 'accept-encoding': encoding, 'if-none-match': `W/${headers.etag}` })
      expect([again.statusCode, again.body]).toEqual([304, ''])
    }
  })

  it('has an address that changes with its content, and may be kept for ever under it', async () => {
    const other = createAsset({ name: 'some', extension: 'css', content: 'other', contentType: 'text/css' })
    expect(other.path).not.toBe(asset.path)
    expect((await ask({})).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })
})
