import { chartTexts } from './chart.ts'
import { developersTexts } from './developers.ts'
import { embedTexts } from './embed.ts'
import { homeTexts } from './home.ts'
import { layoutTexts } from './layout.ts'
import { ownTexts } from './own.ts'
import { ownDataTexts } from './own-data.ts'
import { ownProfileTexts } from './own-profile.ts'
import { ownSessionsTexts } from './own-sessions.ts'
import { ownUploadTexts } from './own-upload.ts'
import { playlistTexts } from './playlist.ts'
import { privacyTexts } from './privacy.ts'
import { privacyLabelTexts } from './privacy-labels.ts'
import { problemTexts } from './problem.ts'
import { searchTexts } from './search.ts'
import { signInTexts } from './sign-in.ts'
import { trackTexts } from './track.ts'

/** The English texts, by area. */
export const english = {
  layout: layoutTexts,
  home: homeTexts,
  chart: chartTexts,
  own: ownTexts,
  ownData: ownDataTexts,
  ownProfile: ownProfileTexts,
  ownSessions: ownSessionsTexts,
  privacy: privacyTexts,
  privacyLabels: privacyLabelTexts,
  ownUpload: ownUploadTexts,
  developers: developersTexts,
  embed: embedTexts,
  playlist: playlistTexts,
  search: searchTexts,
  problem: problemTexts,
  signIn: signInTexts,
  track: trackTexts,
}

/** What every language has. */
export type Texts = typeof english
