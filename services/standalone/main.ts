/**
 * `npm start`: everything in one process.
 * @module
 */
import { runProcess } from '#platform/process/run-process.ts'
import { readStandaloneConfig } from './standalone-config.ts'
import { startStandalone } from './start-standalone.ts'

runProcess({ title: 'Tonearm', readConfig: readStandaloneConfig, start: startStandalone })
