/**
 * What is measured runs in a process of its own, and so does the load: neither shares an event loop or a heap with the
 * other. They are told what to do by messages.
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundledPrograms, startOf } from '../support/bundled-programs.ts'

/** What a child can be asked for, by name. Arguments and answers are plain data. */
export type Commands = Record<string, (...given: never[]) => unknown>

interface Question {
  readonly id: number
  readonly name: string
  readonly given: readonly unknown[]
}

interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly problem?: string
}

export interface Child<C extends Commands> {
  ask<Name extends keyof C & string>(name: Name, ...given: Parameters<C[Name]>): Promise<Awaited<ReturnType<C[Name]>>>
  /** Ends it in order and resolves when the process is gone. */
  end(): Promise<void>
}

/** How long a child may take to end by itself. */
const END_MS_MAX = 15_000

/** Starts a file of this folder that calls {@link answerCommands}. */
export function startChild<C extends Commands>(file: URL, nodeArguments: readonly string[] = []): Child<C> {
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const start = startOf(relative(root, fileURLToPath(file)))
  const child = fork(start.at(-1) ?? '', [], {
    cwd: root,
    execArgv: [...start.slice(0, -1), ...nodeArguments],
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...bundledPrograms() },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let asked = 0
  child.on('message', ({ id, value, problem }: Answer) => {
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (problem === undefined) resolve?.(value)
    else reject?.(new Error(problem))
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (status, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`a measured process ended (${signal ?? status})`))
      resolve()
    })
  })
  return {
    ask: (name, ...given) =>
      new Promise((resolve, reject) => {
        const id = asked++
        // The other side runs the command of this name, so its answer has this type.
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
        child.send({ id, name, given } satisfies Question)
      }),
    end: () => end(child, gone),
  }
}

async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  const killer = setTimeout(() => child.kill('SIGKILL'), END_MS_MAX)
  if (child.connected) child.disconnect()
  await gone
  clearTimeout(killer)
}

/** The child's side: answers commands until its parent lets go of it, then closes and exits. */
export function answerCommands(commands: Commands, close: () => Promise<unknown> | undefined): void {
  // A parent that has gone needs no answer.
  const answer = (message: Answer) => process.send?.(message, undefined, undefined, () => undefined)
  process.on('message', ({ id, name, given }: Question) => {
    // Its parent knows only the commands that there are, with the types of what they are given.
    const command = commands[name] as ((...given: readonly unknown[]) => unknown) | undefined
    new Promise((resolve) => resolve(command?.(...given))).then(
      (value) => answer({ id, value }),
      (error: unknown) =>
        answer({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
  process.once('disconnect', () => {
    Promise.resolve(close()).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}
