/**
 * Every setting there is, once: what it is, its default, whether it is secret. A service's configuration is a selection.
 * @module
 */
import Type, { type TSchema } from 'typebox'

const positive = (description: string, value: number, unit = {}) =>
  Type.Integer({ minimum: 1, default: value, description, ...unit })
const optionalText = (description: string) => Type.Optional(Type.String({ minLength: 1, description }))
const secret = (description: string) => Type.Optional(Type.String({ minLength: 1, description, secret: true }))

export const serverSettings = {
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on' }),
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8080,
    description: 'Port to listen on; 0 takes a free one',
  }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'Least level of the log lines',
  }),
} satisfies Record<string, TSchema>

export const tlsSettings = {
  TLS_CERT: optionalText('File of the certificate with its chain (PEM); with it the server speaks HTTPS'),
  TLS_KEY: optionalText('File of the private key (PEM)'),
} satisfies Record<string, TSchema>

export const accessSettings = {
  AUTH_JWKS_URL: optionalText('Keys of an identity provider, whose tokens are then taken in place of the local key'),
  AUTH_ISSUER: optionalText('`iss` of its tokens'),
  AUTH_AUDIENCE: optionalText('`aud` of its tokens: a name of this service, which no other service shares'),
} satisfies Record<string, TSchema>

export const siteSettings = {
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#\\s]+$',
      description:
        'Address that readers reach the site at (`https://charts.example`); pages, feeds and the sitemap name it',
    }),
  ),
} satisfies Record<string, TSchema>

/** How DJs sign in on the pages; without an identity provider they do by one-time links. */
export const signInSettings = {
  OIDC_ISSUER: optionalText('Identity provider by which DJs sign in on the pages (OpenID Connect)'),
  OIDC_CLIENT_ID: optionalText('Name of this service at that provider'),
  OIDC_CLIENT_SECRET: secret('Its password there'),
} satisfies Record<string, TSchema>

export const dataSettings = {
  DATA_DIR: Type.String({ minLength: 1, default: './data', description: 'Folder of the embedded stores and keys' }),
  MASTER_KEY: secret('Master key of the pseudonyms: 32 bytes, base64'),
  MASTER_KEY_FILE: optionalText('File of the master key; made at first start in DATA_DIR'),
} satisfies Record<string, TSchema>

export const logSettings = {
  LOG_RETENTION_HOURS: positive('How long the event log keeps an event', 72),
} satisfies Record<string, TSchema>

export const kafkaSettings = {
  KAFKA_BROKERS: optionalText(
    'Brokers of Kafka (`host:port`, separated by commas), in place of the embedded event log',
  ),
  KAFKA_TLS: Type.String({
    minLength: 1,
    default: 'false',
    description:
      'Whether brokers are spoken to over TLS: `true`, `false`, or the file of the authorities (PEM) that they are checked by',
  }),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['plain', 'scram-sha-256', 'scram-sha-512'], { description: 'How the service signs in at the brokers' }),
  ),
  KAFKA_USER: optionalText('User at the brokers'),
  KAFKA_PASSWORD: secret('Its password'),
} satisfies Record<string, TSchema>

export const clickhouseSettings = {
  CLICKHOUSE_URL: optionalText('Address of a ClickHouse server (HTTP interface), in place of the embedded engine'),
  CLICKHOUSE_USER: Type.String({ minLength: 1, default: 'default', description: 'User at the server' }),
  CLICKHOUSE_PASSWORD: secret('Its password'),
  CLICKHOUSE_CLUSTER: optionalText('Name of the cluster that the tables are spread over; not set for one server'),
} satisfies Record<string, TSchema>

export const uploadSettings = {
  UPLOADS_PER_MINUTE: positive('Upload requests an account may make in a minute', 600),
} satisfies Record<string, TSchema>

export const chartSettings = {
  CHARTS_CRON: Type.String({ default: '*/5 * * * *', description: 'When charts are built (node-cron, UTC)' }),
  CHART_MIN_DJS: positive('Charts and entries with fewer accounts are not published', 5),
  CHART_MIN_CHANGED_DJS: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'Accounts that must have changed for a new revision; default CHART_MIN_DJS',
    }),
  ),
  TAKE_BACK_HOURS_MAX: Type.Number({
    minimum: 0,
    default: 24,
    description: 'What was taken back waits no longer than this',
  }),
  CHART_PLAYS_PER_DJ: positive('Plays that one account gives at most to an entry', 10),
  CHART_FINAL_AFTER_DAYS: Type.Integer({
    minimum: 0,
    default: 7,
    description: 'Days after the period until a chart is final',
  }),
} satisfies Record<string, TSchema>

/** Of the analysts' tables, which the builder of the charts builds too. */
export const analyticsSettings = {
  ANALYTICS_MIN_DJS: positive("Rows of the analysts' tables with fewer accounts are not shown", 5),
  ANALYTICS_EPSILON: Type.Optional(
    Type.Number({
      minimum: 0.001,
      maximum: 1000,
      description: "Privacy budget of a week in each of the analysts' tables; set, their numbers carry noise",
    }),
  ),
} satisfies Record<string, TSchema>

/** Of the SQL that analysts ask in. */
export const sqlSettings = {
  ANALYTICS_SECONDS_MAX: Type.Integer({
    minimum: 1,
    maximum: 3600,
    default: 30,
    description: 'Seconds that a statement of analysts may run',
  }),
} satisfies Record<string, TSchema>

export const privacySettings = {
  RETENTION_CRON: Type.String({
    default: '30 3 * * *',
    description: 'When what has reached its retention is deleted (node-cron, UTC)',
  }),
  SESSION_RETENTION_MONTHS: positive('Months that a session is kept after it was last received', 36),
  AUDIT_RETENTION_DAYS: positive('Days that the audit trail keeps what an admin did', 365),
} satisfies Record<string, TSchema>

/** An erasure is kept in the ledger this long, whatever the setting says, so that it outlives every backup. */
export const BACKUP_RETENTION_DAYS_MAX = 365

export const backupSettings = {
  BACKUP_KEY: secret('Key of the backups: 32 bytes, base64'),
  BACKUP_KEY_FILE: optionalText('File of the key of the backups; made at the first backup in DATA_DIR'),
  BACKUP_RETENTION_DAYS: Type.Integer({
    minimum: 1,
    maximum: BACKUP_RETENTION_DAYS_MAX,
    default: 30,
    description: 'Days until a backup expires; an expired one is deleted, and not restored',
  }),
  ERASURE_LEDGER: optionalText('File of the ledger of erasures, kept apart from backups; made in DATA_DIR'),
} satisfies Record<string, TSchema>

/** Every setting that there is: one that another service reads is no slip of the pen. */
export const allSettings = {
  ...serverSettings,
  ...tlsSettings,
  ...accessSettings,
  ...siteSettings,
  ...signInSettings,
  ...dataSettings,
  ...logSettings,
  ...kafkaSettings,
  ...clickhouseSettings,
  ...uploadSettings,
  ...chartSettings,
  ...analyticsSettings,
  ...sqlSettings,
  ...privacySettings,
  ...backupSettings,
} satisfies Record<string, TSchema>
