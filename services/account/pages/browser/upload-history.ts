/**
 * The upload page: takes files that are dropped or chosen, shows how far it is, and what became of each file.
 * @module
 */
import { filesOfDrop, type HistoryFiles, historyFiles } from './dropped-files.ts'
import { createUploadClient, UploadStopped } from './upload-client.ts'
import { type FileResult, uploadFiles } from './upload-files.ts'

/** Rows of the list; what is beyond them is counted all the same. */
const RESULTS_SHOWN_MAX = 1000

interface Settings {
  /** Texts by name; `{…}` stands for a value. */
  readonly texts: Readonly<Record<string, string>>
  readonly tokenPath: string
  readonly sessionsPath: string
  readonly formSecret: string
}

function need<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector)
  if (found === null) throw new Error(`the page has no ${selector}`)
  return found
}

// What the page of this very script put there.
const settings = JSON.parse(need('main script[type="application/json"]').textContent ?? '') as Settings
const drop = need<HTMLElement>('#drop')
const input = need<HTMLInputElement>('#files')
const progress = need<HTMLElement>('#progress')
const bar = need<HTMLProgressElement>('#progress progress')
const state = need<HTMLElement>('#state')
const results = need<HTMLElement>('#results')
let isBusy = false

function words(name: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = settings.texts[name] ?? name
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole))
}

async function run(files: HistoryFiles): Promise<void> {
  if (isBusy) return
  isBusy = true
  input.disabled = true
  results.replaceChildren()
  const counts = { done: 0, all: files.sessions.length, sent: 0, skipped: 0, refused: 0 }
  bar.max = Math.max(1, counts.all)
  bar.value = 0
  progress.hidden = false
  const showProgress = () => {
    state.textContent = words('progress', counts)
  }
  const client = createUploadClient({
    tokenPath: settings.tokenPath,
    formSecret: settings.formSecret,
    onPause: () => {
      state.textContent = words('waiting')
    },
  })
  showProgress()
  try {
    await uploadFiles(files, {
      client,
      makesPublic: need<HTMLInputElement>('#public').checked,
      onFile: (file, result) => {
        counts.done += 1
        if (result.kind === 'sent') counts.sent += 1
        else if (result.kind === 'skipped') counts.skipped += 1
        else counts.refused += 1
        bar.value = counts.done
        if (counts.done <= RESULTS_SHOWN_MAX) results.append(row(file.name, result))
        showProgress()
      },
    })
    state.textContent = counts.all === 0 ? words('nothing') : words('finished', counts)
    if (counts.sent + counts.skipped > 0) state.append(' ', linkToSessions())
  } catch (error) {
    state.textContent = words('stopped', { reason: reasonOf(error) })
  } finally {
    progress.hidden = true
    input.disabled = false
    input.value = ''
    isBusy = false
  }
}

function row(name: string, result: FileResult): HTMLLIElement {
  const item = document.createElement('li')
  const file = document.createElement('b')
  file.textContent = name
  const outcome = document.createElement('span')
  outcome.textContent = inWords(result)
  if (result.kind === 'unusable' || result.kind === 'refused') outcome.className = 'down'
  item.append(file, ' ', outcome)
  return item
}

function inWords(result: FileResult): string {
  if (result.kind === 'sent')
    return words('sent', { tracks: result.tracks }) + (result.isDamaged ? words('damaged') : '')
  return result.kind === 'refused' ? words('refused', { reason: result.detail }) : words(result.reason)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof UploadStopped)) return words('unreachable')
  return typeof error.reason === 'string' ? words(error.reason) : error.reason.detail
}

function linkToSessions(): HTMLAnchorElement {
  const link = document.createElement('a')
  link.href = settings.sessionsPath
  link.textContent = words('toSessions')
  return link
}

const runChosen = () => void run(historyFiles([...(input.files ?? [])]))
input.addEventListener('change', runChosen)
for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
  drop.addEventListener(name, (event) => {
    event.preventDefault()
    drop.classList.toggle('over', name === 'dragenter' || name === 'dragover')
  })
}
drop.addEventListener('drop', async (event) => {
  if (event.dataTransfer !== null) await run(await filesOfDrop(event.dataTransfer))
})
// Somebody may have been faster than this script.
if (input.files?.length) runChosen()
