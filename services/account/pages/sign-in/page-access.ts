/**
 * How DJs get in: by the identity provider of the settings, else by one-time links of the local key. Where an identity
 * provider was chosen for tokens, the local key lets nobody in here either.
 * @module
 */
import { type IdentityProviderSettings, readIdentityProvider } from '#platform/config/identity-provider.ts'
import { readSignIn, type SignInSettings } from '#platform/config/sign-in.ts'
import type { VerifyToken } from '#platform/http/access.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { createPageSeal, type PageSeal } from '#platform/keys/page-seal.ts'
import { createSignInLinks, type SignInLinks } from '#platform/keys/sign-in-links.ts'
import { createProviderSignIn, type ProviderSignIn, type SignedIn } from './provider-sign-in.ts'

/** As long as the largest history takes to upload; a page asks for another one when it needs it. */
const UPLOAD_TOKEN_MINUTES = 15
const DAY_MINUTES = 24 * 60

export interface PageAccess {
  /** Where people reach the pages, by the settings. */
  readonly publicUrl: URL | undefined
  readonly seal: PageSeal
  /** Absent, as `links`, where there is no such way in. */
  readonly provider?: ProviderSignIn
  readonly links?: SignInLinks
  /** A bearer token for uploads, of an account that is signed in here; absent where only the provider issues tokens. */
  readonly issueUploadToken?: (accountId: string) => Promise<string>
  /** Whether the API takes the token that came with a sign-in, for uploads of this very account. */
  isUploadToken(signedIn: SignedIn): Promise<boolean>
}

export interface PageAccessOptions {
  readonly pageKey: Uint8Array
  readonly verifyToken: VerifyToken
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** Throws `config-invalid` as {@link readSignIn}. */
export async function createPageAccess(
  config: SignInSettings & IdentityProviderSettings & { readonly DATA_DIR: string },
  { pageKey, verifyToken, clock }: PageAccessOptions,
): Promise<PageAccess> {
  const { provider, publicUrl } = readSignIn(config)
  const hasTokensOfOthers = readIdentityProvider(config) !== undefined
  // Who issues our tokens knows this scope of theirs; another provider may refuse one that it does not know.
  const scopes = hasTokensOfOthers ? ['dj'] : []
  const key = hasTokensOfOthers ? undefined : await readLocalKey(config.DATA_DIR)
  const links = { dataDir: config.DATA_DIR, clock }
  return {
    publicUrl,
    seal: createPageSeal(pageKey, clock),
    ...(provider === undefined ? {} : { provider: createProviderSignIn(provider, { clock, scopes }) }),
    ...(provider !== undefined || key === undefined ? {} : { links: await createSignInLinks({ ...links, key }) }),
    ...(key === undefined
      ? {}
      : {
          issueUploadToken: (account: string) => issueToken(key, account, ['dj'], UPLOAD_TOKEN_MINUTES / DAY_MINUTES),
        }),
    async isUploadToken({ accountId, accessToken }) {
      if (!hasTokensOfOthers) return false
      const caller = await verifyToken(accessToken)
      return caller?.accountId === accountId && caller.scopes.has('dj')
    },
  }
}
