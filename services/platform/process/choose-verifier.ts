/**
 * Whose tokens are taken: those of the identity provider where one is set, else those of the local key. Never both: who
 * can read the data folder must not be able to issue tokens where a provider was chosen for that.
 * @module
 */
import { type IdentityProviderSettings, readIdentityProvider } from '#platform/config/identity-provider.ts'
import type { VerifyToken } from '#platform/http/access.ts'
import { createJwksVerifier } from '#platform/keys/jwks-tokens.ts'
import { createLocalVerifier, readLocalKey } from '#platform/keys/local-tokens.ts'

export async function chooseVerifier(
  config: IdentityProviderSettings & { readonly DATA_DIR: string },
  now: () => number,
): Promise<VerifyToken> {
  const provider = readIdentityProvider(config)
  if (provider !== undefined) return createJwksVerifier(provider, { now })
  return await createLocalVerifier(await readLocalKey(config.DATA_DIR), now)
}
