/**
 * Who may import whom (ARCHITECTURE.md, "Layers"). `npm run check:layers` holds the tree to it.
 *
 * Paths are those of the files after `#schemas/…`, `#platform/…`, `#rules/…` were resolved by package.json's `imports`.
 */

const npm = '(^|/)node_modules/'
/** An adapter: an implementation of a port that touches files, sockets or an engine. Only compositions build one. */
const adapters = '^services/platform/.*/((embedded|chdb|kafka)-[^/]*|client-connection|http-store|server-engine)[.]ts$'
const compositions = '^services/([^/]+/main[.]ts$|standalone/|platform/process/open-)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'schemas-import-only-typebox',
      comment: 'The records, events and tables are the ground: what they import, everything imports.',
      severity: 'error',
      from: { path: '^schemas/' },
      to: { pathNot: ['^schemas/', `${npm}typebox/`] },
    },
    {
      name: 'platform-imports-no-service',
      comment: 'Ports and adapters serve the services and know none of them.',
      severity: 'error',
      from: { path: '^services/platform/' },
      to: { path: '^(services|test)/', pathNot: '^services/platform/' },
    },
    {
      name: 'rules-import-only-schemas',
      comment: 'Rules are pure functions: no port, no adapter, no clock, no file. Hashing is pure.',
      severity: 'error',
      from: { path: '^services/rules/' },
      to: { pathNot: ['^schemas/', '^services/rules/', npm, '^crypto$'] },
    },
    {
      name: 'no-service-imports-another',
      comment: 'Services meet in the log and the store. What two of them need is a rule, a schema or a port.',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/(platform|rules|standalone)/' },
      to: { path: '^services/', pathNot: '^services/($1|platform|rules)/' },
    },
    {
      name: 'only-main-builds-adapters',
      comment: 'A service is given its ports; only its main.ts, the standalone process and tests choose the adapters.',
      severity: 'error',
      from: { path: '^(schemas|services)/', pathNot: [compositions, '^services/platform/'] },
      to: { path: adapters },
    },
    {
      name: 'no-port-imports-an-adapter',
      comment:
        'In the platform only an adapter may import an adapter, or the port would bring its implementation along.',
      severity: 'error',
      from: { path: '^services/platform/', pathNot: [adapters, '^services/platform/process/open-'] },
      to: { path: adapters },
    },
    {
      name: 'infra-imports-no-service',
      comment: 'What prepares brokers and stores goes by the settings, the ports and the schemas, and by no service.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^services/', pathNot: '^services/platform/' },
    },
    {
      name: 'no-service-imports-infra',
      comment: 'A service finds its brokers and stores ready. What prepares them runs before it, with other rights.',
      severity: 'error',
      from: { path: '^(schemas|services)/' },
      to: { path: '^infra/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'What runs in production lies in services and infra.',
      severity: 'error',
      from: { path: '^(schemas|services|infra)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment:
        'A file that nothing imports and that imports nothing is left over. Entries, scripts of pages, examples and tests are no orphans.',
      severity: 'error',
      from: { orphan: true, pathNot: [compositions, '/(browser|examples)/', '^test/', '[.]d[.]ts$'] },
      to: {},
    },
    {
      name: 'only-declared-packages',
      comment: 'A package that only another package brought along may be gone with its next version.',
      severity: 'error',
      from: { path: '^(schemas|services|infra|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'no-development-packages-in-production',
      comment: '`npm ci --omit=dev` has to be enough for everything that serves.',
      severity: 'error',
      from: { path: '^(schemas|services|infra)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: `${npm}@types/` },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports count too: a type of another service couples as much as a function of it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.json'],
    },
  },
}
