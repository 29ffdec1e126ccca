/** What a DJ takes along, and how they go: export, erasure, receipt. */
export const ownDataTexts = {
  title: 'Your data',
  exportTitle: 'Take everything with you',
  exportText:
    'One file (JSON) with all that is held on your account: profile, every change of a choice with its time and text, and every session. It can be uploaded again.',
  exportButton: 'Download',
  eraseTitle: 'Erase the account',
  eraseText:
    'Everything goes: sessions, profile, choices, and your part in every chart. You get a receipt by which you can follow it until nothing is left. Nobody can bring it back, we cannot either.',
  toErase: 'Erase everything',
  confirmTitle: 'Erase everything?',
  confirmText: 'You will be signed out. Download your data first if you want to keep it.',
  understood: 'I understand that nothing can be brought back.',
  notUnderstood: 'Tick this first.',
  eraseYes: 'Erase everything now',
  eraseNo: 'Keep the account',
  receiptTitle: 'Receipt of an erasure',
  receiptText:
    'Keep the address of this page: it is your receipt, and whoever has it can read how far the erasure has come. It says nothing of who you were. It can be read for a year after the erasure is complete.',
  states: {
    accepted: 'Accepted. It is durable, and your rows are about to go.',
    erased:
      'Erased. No row of yours is left, and nothing on the disk. Charts that you were part of are being made anew.',
    complete: 'Complete. Nothing of yours is left, and every chart is made without you.',
  },
  state: 'State',
  acceptedAt: 'Asked for',
  erasedAt: 'Erased',
  completedAt: 'Complete',
  logExpiresAt: 'Gone from the log of events',
  notYet: 'Not yet',
  rowsLeft: 'Rows left',
  table: 'Table',
  rows: 'Rows',
  notCounted: 'They are counted once they are gone.',
  chartsRebuilt: { one: 'chart was made anew without you.', other: 'charts were made anew without you.' },
  again: 'Look again',
}
