/**
 * The scripts of the public pages, bundled once when the program starts.
 * @module
 */
import { bundleScript } from '#platform/pages/bundle-script.ts'

const script = (name: string) => bundleScript(new URL(`browser/${name}.ts`, import.meta.url))

export const siteScripts = {
  followSet: script('follow-set'),
  suggestNames: script('suggest-names'),
  switchCharts: script('switch-charts'),
  tooltips: script('tooltips'),
}
