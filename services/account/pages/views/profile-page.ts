/**
 * A DJ's profile as one form.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { genreName } from '#rules/genres/genre-name.ts'
import { genreTree } from '#rules/genres/genre-tree.ts'
import { regionNameIn } from '#rules/region-names.ts'
import { continentsOfCountries, isCountry, subdivisionsOf } from '#rules/regions.ts'
import { TEXT_LENGTH_MAX } from '#schemas/records/limits.ts'
import type { Profile } from '#schemas/records/profile.ts'
import type { Visit } from '../visit.ts'
import { formSecret, type Outcome, ownPage } from './own-page.ts'

type Field = keyof Locale['texts']['ownProfile']['errors']

export interface ProfileShown {
  /** As it is, or as somebody wanted it. */
  readonly profile: Profile
  readonly wrong: ReadonlySet<string>
  readonly outcome?: Outcome | undefined
}

export function profilePage({ profile, wrong, outcome }: ProfileShown, visit: Visit): Page {
  const { locale, session } = visit
  const { ownProfile } = locale.texts
  const { displayName, location, genrePreferences } = profile
  const text = (name: 'displayName' | 'city', value: string | null, hint?: string) =>
    field(
      name,
      html`<input type="text" ${attributes(name)} value="${value ?? ''}" maxlength="${TEXT_LENGTH_MAX}">`,
      hint,
    )
  const body = html`<h1>${ownProfile.profileTitle}</h1>
<p class="lead">${ownProfile.profileLead}</p>
<form method="post" action="${locale.link('/me/profile')}">${formSecret(session.formSecret)}
${text('displayName', displayName, ownProfile.displayNameHint)}
<h2>${ownProfile.location}</h2>
<p class="hint">${ownProfile.locationHint}</p>
${field(
  'country',
  html`<select ${attributes('country')}>${options(countriesIn(locale), location.country, ownProfile.noCountry)}</select>`,
)}
${field(
  'subdivision',
  html`<select ${attributes('subdivision')}>${options(regionsIn(location.country, locale), location.subdivision, ownProfile.noSubdivision)}</select>`,
  ownProfile.subdivisionHint,
)}
${text('city', location.city)}
<fieldset class="own-genres"><legend>${ownProfile.genres}</legend>
<a class="skip" href="#save">${ownProfile.pastGenres}</a>
<p class="${wrong.has('genrePreferences') ? 'error' : 'hint'}">${wrong.has('genrePreferences') ? ownProfile.errors.genrePreferences : ownProfile.genresHint}</p>
<div>${genres(genrePreferences).map(
    (genre) =>
      html`<label class="check"><input type="checkbox" name="genre" value="${genre}"${genrePreferences.includes(genre) && html` checked`}> ${genreName(genre)}</label>\n`,
  )}</div></fieldset>
<p><button type="submit" class="primary" id="save">${ownProfile.save}</button></p>
</form>`
  return ownPage({ part: 'profile', title: ownProfile.profileTitle, body, width: 'text', outcome }, visit)

  function attributes(name: Field): Html {
    return html`id="${name}" name="${name}" aria-describedby="${name}-hint"${wrong.has(name) && html` aria-invalid="true"`}`
  }

  function field(name: Exclude<Field, 'genrePreferences'>, input: Html, hint = ''): Html {
    const isWrong = wrong.has(name)
    return html`<div class="field"><label for="${name}">${ownProfile[name]}</label>
${input}
<p class="${isWrong ? 'error' : 'hint'}" id="${name}-hint">${isWrong ? ownProfile.errors[name] : hint}</p></div>`
  }
}

type Named = readonly (readonly [code: string, name: string])[]

function options(named: Named, chosen: string | null, none: string): Html {
  return html`<option value="">${none}</option>
${named.map(([code, name]) => html`<option value="${code}"${code === chosen && html` selected`}>${name}</option>\n`)}`
}

/** The names of all countries, in the order of the language; each language's are made once. */
const countries = new Map<string, Named>()

function countriesIn({ language, formats }: Locale): Named {
  const known = countries.get(language)
  if (known !== undefined) return known
  const codes = [...continentsOfCountries.keys()].filter(isCountry)
  const named = codes.map((code) => [code, regionNameIn(language, code)] as const)
  const sorted = named.sort(([, a], [, b]) => formats.compare(a, b))
  countries.set(language, sorted)
  return sorted
}

function regionsIn(country: string | null, { language, formats }: Locale): Named {
  const codes = country === null ? [] : subdivisionsOf(country)
  return codes
    .map((code) => [code, regionNameIn(language, code)] as const)
    .sort(([, a], [, b]) => formats.compare(a, b))
}

/** What the DJ prefers, in sight and not somewhere among hundreds; then the others of the tree. */
function genres(preferred: readonly string[]): string[] {
  return [...new Set([...[...preferred].sort(), ...[...genreTree.slugs.values()].sort()])]
}
