/** Uploading history files: the page, and what its script says. */
export const ownUploadTexts = {
  title: 'Upload history files',
  lead: 'Serato DJ keeps a file for each session. They are read here, in your browser: folders, comments and whatever else is not kept never leave your computer.',
  where:
    'You find them in the folder Music/_Serato_/History, with names such as 86.session and history.database. You can give the whole folder; giving it again later sends only what is new.',
  drop: 'Drop files or the folder here',
  or: 'or',
  choose: 'Choose files',
  makePublic: 'Make the new sessions public',
  makePublicHint: 'Else they are private. Either can be changed for each session later.',
  noScript:
    'For reading files here your browser has to run the scripts of this page. Without them, the program does the same:',
  commandLine: 'On the command line',
  commandLineText: 'The same without a browser, with a token in the place of TOKEN:',
  noToken:
    'Uploading here needs a token that the API takes, and the identity provider gave none with your sign-in, or it has expired. Sign out and in again; if that does not help, those who run the service have to set up the audience and the scope “dj” at the provider. Your DJ software and the program below can upload with a token of their own.',
  /** What the script shows; `{…}` is filled in by it. */
  script: {
    progress: '{done} of {all} files',
    waiting: 'The service is busy: trying again in a moment',
    finished: 'Done: {sent} sent, {skipped} already there, {refused} refused.',
    stopped: 'Stopped: {reason} Give the files again, and it goes on where it ended.',
    toSessions: 'See your sessions',
    nothing: 'There is no history file among these.',
    sent: 'Sent: {tracks} tracks',
    unchanged: 'Already there',
    'older-copy': 'An older copy of one that is there',
    'no-plays': 'Holds no plays',
    'not-a-serato-file': 'Is no history file of Serato DJ',
    'no-start-time': 'Says nowhere when it began',
    'too-many-tracks': 'Has more than 5,000 tracks',
    'file-too-large': 'Is too large for a history file',
    'unreadable-file': 'Cannot be read',
    damaged: ', read around damaged places',
    refused: 'Refused by the service: {reason}',
    'signed-out': 'you are not signed in any more.',
    unreachable: 'the service cannot be reached.',
  },
}
