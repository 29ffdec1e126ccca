/**
 * A Python that has the official ClickHouse client, which `.ci/run` installs from PyPI into an environment of its own.
 * @module
 */
import { spawnSync } from 'node:child_process'

/** The program that TONEARM_PYTHON names, or `python3`; nothing where it cannot import the client. */
export function findPython(): string | undefined {
  const program = process.env['TONEARM_PYTHON'] ?? 'python3'
  const { status } = spawnSync(program, ['-c', 'import clickhouse_connect'], { stdio: 'ignore' })
  return status === 0 ? program : undefined
}
