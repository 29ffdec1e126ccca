/**
 * Keys that lead somewhere: an element with `data-shortcut="/"` is focused, where it is a field, or followed. Not while somebody
 * types, and not with a modifier, which makes it a key of the browser's.
 * @module
 */

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
  const elements = [...document.querySelectorAll<HTMLElement>('[data-shortcut]')]
  const ofKey = elements.filter((element) => element.dataset['shortcut'] === event.key)
  // A field on this page rather than a way to another.
  const element = ofKey.find((each) => each instanceof HTMLInputElement) ?? ofKey[0]
  if (element === undefined) return
  event.preventDefault()
  if (element instanceof HTMLInputElement) {
    element.focus()
    element.select()
  } else element.click()
})
