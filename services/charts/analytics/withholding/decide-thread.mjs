/**
 * Begin of the thread that decides what is withheld: a thread does not take over the loader of TypeScript that the process was
 * started with, so it has to be JavaScript that brings one along.
 * @module
 */
import { register } from 'tsx/esm/api'

register()
await import('./decide-worker.ts')
