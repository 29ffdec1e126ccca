/** Signing in and out. */
export const signInTexts = {
  title: 'Sign in',
  lead: 'Here you see your sessions, which of your plays counted and why others did not, and decide on all of it.',
  cookie:
    'Signing in sets cookies that hold your sign-in and nothing else, until you sign out, for twelve hours at most.',
  toProvider: 'Sign in',
  as: 'Sign in as',
  byLink: (minutes: number) =>
    `This service has no identity provider. Who runs it makes a link that signs in once, within ${minutes} minutes:`,
  notSetUp: 'This service takes tokens of an identity provider, but nobody has set up signing in on its pages yet.',
  notSafe:
    'Over an unencrypted connection nobody can be signed in: it could be read on its way. Use the address that begins with https. Who runs this behind a proxy sets PUBLIC_URL.',
  problems: {
    used: 'This link cannot be used: it was used before, or it is too old. Ask for another one.',
    refused: 'You were not signed in. Try again.',
    unavailable: 'The identity provider is out of reach. Try again in a moment.',
  },
  signedOut: 'You are signed out',
  stillAtProvider: 'You are signed out of these pages, and may still be signed in at the identity provider.',
  outAtProvider: 'Sign out there too',
  again: 'Sign in again',
}
