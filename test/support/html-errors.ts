/**
 * What is wrong with a page's HTML, by the rules of the standard.
 * @module
 */
import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Matters of taste, which the standard leaves open.
    'void-style': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'long-title': 'off',
    // A list without markers is no list to some screen readers unless it says so; ours are within `nav`, which is one.
    'no-redundant-role': 'off',
    // Checkboxes of one name are one list of choices.
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
  },
})

/** Each as `line:column rule: message`; none for valid HTML. */
export async function htmlErrors(markup: string): Promise<string[]> {
  const { results } = await validator.validateString(markup)
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  )
}
