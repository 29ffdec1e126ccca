/**
 * The register as Markdown, for people.
 * @module
 */
import type { Register, RegisterEntry } from './register.ts'

export function toMarkdown({ entries, retention, notKept, safeguards, limits }: Register): string {
  return `# Register of processing

Made from the privacy labels and the settings in force: sessions ${limits.sessionMonths} months, event log ${limits.logHours} hours,
audit trail ${limits.auditDays} days, backups ${limits.backupDays} days. The controller, a representative and the legal grounds
are not known to the program; add them.

## What is kept

${table(
  ['Data', 'Category', 'Why', 'Recipients', 'How long', 'Where', 'Safeguards'],
  entries.map((entry) => [
    [`**${entry.label}**`, ...entry.fields].join('<br>'),
    entry.category,
    entry.purpose,
    entry.recipients.join('; ') || 'none',
    entry.kept,
    placesOf(entry).join('<br>') || 'nowhere by itself',
    entry.safeguards.join('; '),
  ]),
)}

## How long

${table(
  ['Rule', 'Kept', 'Tables'],
  retention.map(({ rule, kept, tables }) => [rule, kept, tables.join('<br>') || 'those of what it names']),
)}

## Used and not kept

${notKept.map((field) => `- ${field}`).join('\n')}

## Safeguards

${safeguards.map((text) => `- ${text}`).join('\n')}
`
}

/** Columns by table: `playlists.sessions (name, started_at)`. */
function placesOf({ columns }: RegisterEntry): string[] {
  const byTable = new Map<string, string[]>()
  for (const path of columns) {
    const [database, name, ...column] = path.split('.')
    const table = `${database}.${name}`
    byTable.set(table, [...(byTable.get(table) ?? []), column.join('.')])
  }
  return [...byTable].map(([table, names]) => `${table} (${names.join(', ')})`)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
