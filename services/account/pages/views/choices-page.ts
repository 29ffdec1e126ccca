/**
 * The consent to charts and the two objections, each with the whole text that it is given to.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Page } from '#platform/pages/page.ts'
import type { Profile } from '#schemas/records/profile.ts'
import { type Choice, consentVersion } from '../consent-texts.ts'
import type { Visit } from '../visit.ts'
import { formSecret, type Outcome, ownPage } from './own-page.ts'

export interface ChoicesShown {
  readonly choices: Profile['choices']
  /** Whether the date of birth that was sent cannot be one. */
  readonly isBirthDateWrong?: boolean
  readonly outcome?: Outcome | undefined
}

export function choicesPage({ choices, isBirthDateWrong = false, outcome }: ChoicesShown, visit: Visit): Page {
  const { locale, session } = visit
  const { ownProfile } = locale.texts
  const body = html`<h1>${ownProfile.choicesTitle}</h1>
<p class="lead">${ownProfile.choicesLead}</p>
${section('charts', choices.charts ? ownProfile.chartsOn : ownProfile.chartsOff, choices.charts ? ownProfile.withdraw : ownProfile.give)}
${section('statistics', choices.statistics ? ownProfile.statisticsOn : ownProfile.statisticsOff, choices.statistics ? ownProfile.object : ownProfile.allow)}
${section('usage', choices.usage ? ownProfile.usageOn : ownProfile.usageOff, choices.usage ? ownProfile.object : ownProfile.allow)}`
  return ownPage({ part: 'choices', title: ownProfile.choicesTitle, body, width: 'text', outcome }, visit)

  function section(choice: Choice, state: string, button: string): Html {
    const isOn = choices[choice]
    const version = consentVersion(choice, locale.language)
    return html`<section class="card own-choice" aria-labelledby="${choice}">
<h2 id="${choice}">${ownProfile[choice]}</h2>
<p><strong>${state}</strong></p>
<p>${ownProfile.consent[choice]}</p>
<form method="post" action="${locale.link('/me/choices')}">${formSecret(session.formSecret)}
<input type="hidden" name="choice" value="${choice}"><input type="hidden" name="value" value="${isOn ? 'no' : 'yes'}">
<input type="hidden" name="version" value="${version}">
${choice === 'charts' && !isOn && birthDate()}
<button type="submit"${!isOn && html` class="primary"`}>${button}</button>
</form>
<p class="hint">${ownProfile.version(version)}</p>
</section>`
  }

  function birthDate(): Html {
    return html`<div class="field"><label for="birthDate">${ownProfile.birthDate}</label>
<input id="birthDate" type="date" name="birthDate" required autocomplete="bday" aria-describedby="birthDate-hint"${isBirthDateWrong && html` aria-invalid="true"`}>
${isBirthDateWrong && html`<p class="error">${ownProfile.birthDateError}</p>`}<p class="hint" id="birthDate-hint">${ownProfile.birthDateHint}</p></div>`
  }
}
