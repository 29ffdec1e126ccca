import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort, isFree } from '../../../infra/kafka/dev/free-port.ts'

it('finds ports that no system hands out to outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort))
  expect(ports.filter((port) => port < 1_024 || port >= 32_768)).toEqual([])
})

it('tells a port that somebody listens on from one that is free', async () => {
  const port = await freePort()
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const whileTaken = await isFree(port)
  await new Promise((resolve) => server.close(resolve))
  expect([whileTaken, await isFree(port)]).toEqual([false, true])
})
