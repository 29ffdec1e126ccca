/**
 * Suggests tracks, artists and labels while one types: a combobox with a list (ARIA Authoring Practices, "Editable Combobox
 * With List Autocomplete"). The form works without it, and stays as it is where anything goes wrong.
 * @module
 */

interface Suggestion {
  readonly name: string
  readonly about: string
  readonly href: string
}

interface SearchAnswer {
  readonly tracks: readonly {
    readonly track: { readonly id: string; readonly title: string; readonly artist: string }
  }[]
  readonly artists: readonly { readonly name: string }[]
  readonly labels: readonly { readonly name: string }[]
}

/** Shorter than between two letters of a quick writer, so that a list comes when one pauses, milliseconds. */
const PAUSE_MS = 120
const SUGGESTIONS_A_KIND = 4

const form = document.querySelector<HTMLFormElement>('form[data-suggest]')
const input = form?.querySelector<HTMLInputElement>('input[type="search"]')
if (form && input) suggest(form, input)

function suggest(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = document.createElement('ul')
  list.id = 'suggestions'
  list.className = 'suggestions'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', form.dataset['suggest'] ?? '')
  input.after(list)
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  input.setAttribute('aria-controls', list.id)

  let suggestions: readonly Suggestion[] = []
  /** Which of them is chosen; -1 for none. */
  let chosen = -1
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined

  function show(next: readonly Suggestion[]): void {
    suggestions = next
    list.replaceChildren(...next.map(toOption))
    choose(-1)
    list.hidden = next.length === 0
    input.setAttribute('aria-expanded', String(next.length > 0))
  }

  function choose(index: number): void {
    chosen = index
    for (const [at, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(at === index))
    const option = list.children[index]
    if (option === undefined) input.removeAttribute('aria-activedescendant')
    else {
      input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
  }

  async function ask(): Promise<void> {
    asking?.abort()
    const q = input.value.trim()
    if (q === '') return show([])
    const controller = new AbortController()
    asking = controller
    try {
      const query = new URLSearchParams({ q, limit: String(SUGGESTIONS_A_KIND) })
      const answer = await fetch(`/v1/search?${query}`, { signal: controller.signal })
      const found: SearchAnswer | undefined = answer.ok ? await answer.json() : undefined
      show(found === undefined || document.activeElement !== input ? [] : toSuggestions(found, form.dataset))
    } catch {
      // A later question took its place, or the network is away: Enter still searches.
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PAUSE_MS)
  })
  input.addEventListener('blur', () => show([]))
  input.addEventListener('keydown', (event) => {
    const count = suggestions.length
    if (event.key === 'Escape' && count > 0) {
      event.preventDefault()
      show([])
    } else if (event.key === 'ArrowDown' && count > 0) {
      event.preventDefault()
      choose(chosen === count - 1 ? -1 : chosen + 1)
    } else if (event.key === 'ArrowUp' && count > 0) {
      event.preventDefault()
      choose(chosen === -1 ? count - 1 : chosen - 1)
    } else if (event.key === 'Enter') {
      const suggestion = suggestions[chosen]
      if (suggestion === undefined) return
      event.preventDefault()
      location.assign(suggestion.href)
    }
  })
  // Before the field loses the focus, which would take the list away.
  list.addEventListener('mousedown', (event) => {
    event.preventDefault()
    const option = event.target instanceof Element ? event.target.closest('li') : null
    const suggestion = option === null ? undefined : suggestions[[...list.children].indexOf(option)]
    if (suggestion !== undefined) location.assign(suggestion.href)
  })
}

/** Names are put in as text, never as markup. */
function toOption({ name, about }: Suggestion, index: number): HTMLElement {
  const option = document.createElement('li')
  option.id = `suggestion-${index}`
  option.setAttribute('role', 'option')
  const small = document.createElement('span')
  small.className = 'by'
  small.textContent = about
  option.append(name, small)
  return option
}

function toSuggestions({ tracks, artists, labels }: SearchAnswer, data: DOMStringMap): Suggestion[] {
  const named = (kind: 'artist' | 'label') => (found: { readonly name: string }) => ({
    name: found.name,
    about: data[kind] ?? '',
    href: `${data['search']}?${new URLSearchParams({ [kind]: found.name })}`,
  })
  return [
    ...artists.slice(0, 2).map(named('artist')),
    ...tracks.map(({ track }) => ({ name: track.title, about: track.artist, href: `${data['tracks']}${track.id}` })),
    ...labels.slice(0, 2).map(named('label')),
  ]
}
