/**
 * Lets the page of a session that is going on grow by itself. What comes is rendered by the server; the link that loads the
 * page again stays for those without scripts, and when no event comes any more.
 * @module
 */

interface SetData {
  readonly html: string
  readonly status: string
}

const live = document.querySelector<HTMLElement>('[data-live]')
const address = live?.dataset['live']

if (live !== null && address !== undefined) {
  const events = new EventSource(address)
  const status = live.querySelector('[role="status"]')

  events.addEventListener('set', (event) => {
    const data = read(event.data)
    const before = document.getElementById('set')
    const after = new DOMParser().parseFromString(data.html, 'text/html').getElementById('set')
    if (before === null || after === null || before.outerHTML === after.outerHTML) return
    const scrolled = [...before.querySelectorAll('.plot, .table')].map(({ scrollLeft }) => scrollLeft)
    before.replaceWith(document.adoptNode(after))
    after.querySelectorAll('.plot, .table').forEach((element, index) => {
      element.scrollLeft = scrolled[index] ?? 0
    })
    if (status !== null) status.textContent = data.status
  })

  events.addEventListener('over', () => {
    // A browser would come again after the end.
    events.close()
    live.remove()
  })
}

/** What our own server has written. */
function read(text: string): SetData {
  return JSON.parse(text) as SetData
}
