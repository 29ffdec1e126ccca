/**
 * Follows an erasure on its receipt: fetches the page again and puts its progress in the place of this one, until it is
 * complete. Without scripts there is a link for that.
 * @module
 */

const PAUSE_MS = 3000

async function follow(): Promise<void> {
  for (let shown = document.querySelector('#progress[data-follow]'); shown !== null; ) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    if (document.hidden) continue
    const next = await fetchProgress()
    if (next === null) continue
    // The same words again would be read aloud again.
    if (next.textContent !== shown.textContent) shown.replaceWith(next)
    else continue
    shown = document.querySelector('#progress[data-follow]')
  }
}

async function fetchProgress(): Promise<Element | null> {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok) return null
    return new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#progress')
  } catch {
    return null
  }
}

void follow()
