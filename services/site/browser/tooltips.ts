/**
 * Says what a point of a plot is as soon as one is near it, in place of the browser's own tooltip, which comes late and on a
 * phone not at all.
 * @module
 */

const tip = document.createElement('div')
tip.className = 'tooltip'
// What it says is in the table below the plot for whoever does not see it.
tip.setAttribute('aria-hidden', 'true')
tip.hidden = true
document.body.append(tip)

/** As far as a finger misses, in pixels. */
const REACH = 24

interface Point {
  readonly element: Element
  readonly words: string
}

for (const plot of document.querySelectorAll('.plot svg')) {
  const points = [...plot.querySelectorAll('.point')].flatMap((element): Point[] => {
    const title = element.querySelector('title')
    if (title === null) return []
    title.remove()
    return [{ element, words: title.textContent ?? '' }]
  })
  plot.addEventListener('pointermove', (event) => {
    if (event instanceof PointerEvent) show(nearest(points, event))
  })
  plot.addEventListener('pointerleave', () => show(undefined))
}

function nearest(points: readonly Point[], { clientX, clientY }: PointerEvent): Point | undefined {
  const distanceTo = ({ element }: Point) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return Math.hypot(left + width / 2 - clientX, top + height / 2 - clientY)
  }
  const [found] = [...points].sort((a, b) => distanceTo(a) - distanceTo(b))
  return found !== undefined && distanceTo(found) <= REACH ? found : undefined
}

function show(point: Point | undefined): void {
  for (const element of document.querySelectorAll('.point.is-near')) element.classList.remove('is-near')
  tip.hidden = point === undefined
  if (point === undefined) return
  point.element.classList.add('is-near')
  tip.textContent = point.words
  const { left, top, width } = point.element.getBoundingClientRect()
  const half = tip.offsetWidth / 2
  const centre = Math.min(Math.max(left + width / 2, half + 8), document.documentElement.clientWidth - half - 8)
  tip.style.left = `${centre + window.scrollX - half}px`
  tip.style.top = `${top + window.scrollY - tip.offsetHeight - 8}px`
}
