/**
 * Goes from one chart to another without loading the whole page again: fetches it, and puts its `<main>` in the place of this
 * one. Only links that stand in an element with `data-switch` are taken; all else, and everything that goes wrong, is the
 * browser's to do as without scripts.
 * @module
 */

/** The path of the chart that is shown. */
let shown = location.pathname + location.search

/** Later ones win over earlier ones that are still on their way. */
let latest: AbortController | undefined

/** Focus goes where it was: to the link at the same place, which now says where one is. */
async function show(url: string, focusKey: string | undefined): Promise<boolean> {
  latest?.abort()
  const controller = new AbortController()
  latest = controller
  const main = document.querySelector('main')
  if (main === null) return false
  main.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(url, { headers: { accept: 'text/html' }, signal: controller.signal })
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const nextMain = next.querySelector('main')
    if (!answer.ok || nextMain === null) return false
    main.replaceWith(document.adoptNode(nextMain))
    const { pathname, search } = new URL(url)
    shown = pathname + search
    document.title = next.title
    replaceHeadLinks(next)
    replaceLanguages(next)
    const target = focusKey && nextMain.querySelector<HTMLElement>(`[data-key="${CSS.escape(focusKey)}"]`)
    if (target) target.focus({ preventScroll: true })
    return true
  } catch {
    // A newer one took its place, which will show.
    return controller.signal.aborted
  } finally {
    main.removeAttribute('aria-busy')
  }
}

/** Canonical address, other languages and feeds are those of the page that is shown. */
function replaceHeadLinks(next: Document): void {
  const selector = 'link[rel="canonical"], link[rel="alternate"]'
  for (const link of document.head.querySelectorAll(selector)) link.remove()
  document.head.append(...[...next.head.querySelectorAll(selector)].map((link) => document.adoptNode(link)))
}

function replaceLanguages(next: Document): void {
  const footer = document.querySelector('.site-footer')
  const nextFooter = next.querySelector('.site-footer')
  if (footer !== null && nextFooter !== null) footer.replaceWith(document.adoptNode(nextFooter))
}

function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a') : null
  return link?.closest('[data-switch]') && link.origin === location.origin ? link : undefined
}

document.addEventListener('click', async (event) => {
  const link = linkOf(event)
  if (link === undefined) return
  event.preventDefault()
  const { href } = link
  if (await show(href, link.dataset['key'])) {
    if (latest?.signal.aborted === false) history.pushState({ switched: true }, '', href)
  } else location.assign(href)
})

history.replaceState({ switched: true }, '')
window.addEventListener('popstate', async () => {
  // A way to another place in this page, as the one that skips the navigation, is no way to another chart.
  if (shown === location.pathname + location.search) return
  if (!(await show(location.href, undefined))) location.reload()
})
