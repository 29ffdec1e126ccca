/**
 * Begin of a thread: a thread does not take over the loader of TypeScript that the process was started with, so it has to be
 * JavaScript that brings one along.
 * @module
 */
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.module)
