/**
 * The scripts of the DJ's own pages: what they add, the pages do without. They lie under `/me`, which leads to this service.
 * @module
 */
import { bundleScript } from '#platform/pages/bundle-script.ts'

const folder = { folder: '/me/assets' }

export const ownScripts = {
  uploadHistory: bundleScript(new URL('browser/upload-history.ts', import.meta.url), folder),
  followErasure: bundleScript(new URL('browser/follow-erasure.ts', import.meta.url), folder),
}
