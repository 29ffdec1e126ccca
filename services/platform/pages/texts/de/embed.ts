import type { Texts } from '../en/english.ts'

export const embedTexts: Texts['embed'] = {
  title: 'Diesen Chart auf der eigenen Seite zeigen',
  hint: 'Er bleibt aktuell, setzt kein Cookie und führt kein Skript aus.',
  whole: 'Der ganze Chart bei Tonearm',
  address: 'Der Chart allein',
}
