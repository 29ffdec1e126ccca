import { type RetentionLimits, suppressionHours } from '#schemas/privacy/labels.ts'

/** The privacy page, but for its tables. Of a pair the first is the name of what the second tells. */
export const privacyTexts = {
  title: 'Privacy',
  description: 'What is kept, why, how long, and who sees it.',
  lead: 'Your sessions belong to you. They are private until you make one public, and they count in charts only if you choose to contribute.',
  kept: 'What is kept, why, and who sees it',
  ofSession: 'Of a session; nothing else of it is kept',
  ofProfile: 'Of your profile; nothing else of it is kept',
  madeOfIt: 'What is made of it, and what the rights below need',
  what: 'What',
  why: 'Why',
  who: 'Who sees it',
  keptFor: 'How long',
  never: [
    'What is never kept',
    'Folders and paths, comments, pictures and all other parts of music files, your precise position, your address on the network, your date of birth, and whatever else a program sends that is not in the lists above. It is dropped before anything is written. The name or number that you sign in with is not kept either: a pseudonym computed with a secret key stands in its place.',
  ],
  charts: (minDjs: number, minChangedDjs: number) => [
    'How charts are made',
    `What charts are counted from does not hold your account, but a pseudonym that is computed with a secret key and used for nothing else. Of your profile only region and genre preferences get there, never the city. Charts and entries that fewer than ${minDjs} DJs stand behind are not shown, and a text is shown only in a form that at least as many DJs share. A new version of a chart comes when at least ${minChangedDjs} DJs changed what they give to it, so that nobody can see one DJ's set in the difference. Everybody sees the charts; they, and tables of numbers over enough DJs, are all that others can download.`,
  ],
  howLong: 'How long',
  howLongRows: (limits: RetentionLimits, takeBackHours: number) => [
    [
      'Your sessions',
      `${limits.sessionMonths} months after your software last sent them, whenever you played them. Sending a session again begins that time anew.`,
    ],
    [
      'What counts in charts',
      `As long as its session, and until you stop contributing: your plays are then taken out of what charts are counted from at once, and the charts follow within ${takeBackHours} hours.`,
    ],
    [
      'Your profile and your choices',
      'Until you erase the account: each choice is kept with its time and the text that was shown, to prove it.',
    ],
    ['What you send, on its way into the store', `${limits.logHours} hours.`],
    [
      'That an account was erased',
      `${suppressionHours(limits)} hours, as a pseudonym, so that nothing older comes back from elsewhere. That it is closed or blocked stays until that ends.`,
    ],
    ['Receipts of erasures, and the audit trail', `${limits.auditDays} days.`],
    ['Backups', `${limits.backupDays} days.`],
    [
      'Published charts',
      'They stay: they hold no personal data. Once sessions behind a chart have reached their time, it stays as it is.',
    ],
  ],
  gone: 'What you delete or replace is gone from every answer within seconds, and from the disk with the next clean-up.',
  rights: 'What you can do',
  rightsList: (takeBackHours: number) => [
    [
      'Choose.',
      'Make a session private or public, rename it, leave it out of charts, or delete it. What you chose holds when your software sends the session again.',
    ],
    [
      'Contribute, and stop at any time.',
      `The charts follow within ${takeBackHours} hours, old ones too, as long as their sessions are kept.`,
    ],
    [
      'Object.',
      'To statistics: your plays are then in no numbers that analysts read. To usage information: your system, processor and computer type are then not kept at all.',
    ],
    [
      'See.',
      'All your sessions, and for each play whether it counts and why not. An export gives you everything that is held on your account in one file.',
    ],
    ['Correct.', 'Your profile and the names of your sessions; a session that is sent again replaces the one before.'],
    [
      'Erase everything.',
      'You get a receipt, and with it can follow the erasure until it is complete: no row and no file left, charts made without you. Your account stays closed until you begin anew.',
    ],
  ],
  underAge: [
    'Nobody under 16',
    "Nobody under 16 may have an account. A date of birth that is sent is checked and not kept. Where it says under 16, the account's data is erased, and its uploads are refused until an admin lifts that. A guardian can ask for an erasure.",
  ],
  admins: (auditDays: number) => [
    'What those who run the service can do',
    `On your written request an admin can export, correct or erase an account's data, and can block uploads of an account. An admin also decides which tracks are one. What an admin did stands in an audit trail for ${auditDays} days, in which accounts are named only by keyed hashes.`,
  ],
  backups: (backupDays: number) => [
    'Backups',
    `Backups are encrypted, are used for nothing but bringing back what was lost, and expire after ${backupDays} days. When one is restored, every account that was erased since is erased again before anything is served.`,
  ],
  cookies: [
    'Cookies',
    'None on public pages: they load nothing from elsewhere, keep nothing on your computer and measure nobody. Signing in to your own pages sets cookies that hold the sign-in and nothing else.',
  ],
}
