/**
 * The DJ's profile and choices.
 * @module
 */
import Type, { type Static } from 'typebox'
import { FrameText } from './text.ts'

const country = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2 code' })
const subdivision = Type.String({ pattern: '^[A-Z]{2}-[A-Z0-9]{1,3}$', description: 'ISO 3166-2 code' })
const genres = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  maxItems: 20,
  description: 'Genres the DJ prefers, as slugs',
})
const choices = {
  charts: Type.Boolean({ description: 'Consent to contribute to charts; off until chosen' }),
  statistics: Type.Boolean({ description: 'false objects to statistics' }),
  usage: Type.Boolean({ description: 'false objects to usage information; `system` is then not kept' }),
}

/** The whole profile, as it is answered. */
export const Profile = Type.Object({
  displayName: Type.Union([Type.String(), Type.Null()], { description: 'Name on public playlists' }),
  location: Type.Object({
    country: Type.Union([Type.String(), Type.Null()]),
    subdivision: Type.Union([Type.String(), Type.Null()]),
    city: Type.Union([Type.String(), Type.Null()], { description: 'Never reaches the chart builder' }),
  }),
  genrePreferences: genres,
  choices: Type.Object(choices),
})
export type Profile = Static<typeof Profile>

const orNull = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

/** A change of the profile: JSON Merge Patch (RFC 7396), in which `null` takes a value back to its default. */
export const ProfilePatch = Type.Object({
  displayName: orNull(FrameText('Name on public playlists')),
  location: orNull(
    Type.Object({ country: orNull(country), subdivision: orNull(subdivision), city: orNull(FrameText('City')) }),
  ),
  genrePreferences: orNull(genres),
  choices: orNull(
    Type.Object({
      charts: orNull(choices.charts),
      statistics: orNull(choices.statistics),
      usage: orNull(choices.usage),
    }),
  ),
  consentText: Type.Optional(
    Type.String({ maxLength: 200, description: 'Version of the text that was shown with a choice' }),
  ),
  birthDate: Type.Optional(Type.String({ format: 'date', description: 'Checked and never kept' })),
})
export type ProfilePatch = Static<typeof ProfilePatch>
