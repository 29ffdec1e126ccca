/**
 * Threads that answer questions: for what is pure computing and takes so long that it would hold up every request.
 * @module
 */
import { parentPort, Worker } from 'node:worker_threads'

const MEMORY_MEBIBYTES_MAX = 1024

export interface AnsweringThread<Question, Answer> {
  /**
   * One question at a time. Rejects where answering fails, takes more memory than a thread may, or the thread is closed
   * meanwhile; after that there is no answer from it any more.
   */
  ask(question: Question): Promise<Answer>
  /** Resolves when the thread is gone. */
  close(): Promise<void>
}

/** Starts a thread, which takes about a second. `module` is a file that calls `answerQuestions`. */
export function startThread<Question, Answer>(module: URL): AnsweringThread<Question, Answer> {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), {
    execArgv: [],
    workerData: { module: module.href },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEBIBYTES_MAX },
  })
  let ended: Error | undefined
  worker.once('error', (cause: Error) => {
    ended ??= cause
  })
  worker.once('exit', () => {
    ended ??= new Error('the thread ended without an answer')
  })
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended)
        const onAnswer = (answer: Answer) => {
          worker.off('exit', onExit)
          resolve(answer)
        }
        // An error comes before it.
        const onExit = () => {
          worker.off('message', onAnswer)
          reject(ended)
        }
        worker.once('message', onAnswer).once('exit', onExit)
        worker.postMessage(question)
      }),
    close: async () => void (await worker.terminate()),
  }
}

/** Called once, in the thread. */
export function answerQuestions<Question>(answer: (question: Question) => unknown): void {
  parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)))
}
