/**
 * Errors as answers: RFC 9457 problem details, media type `application/problem+json`.
 * @module
 */
import Type, { type Static } from 'typebox'
import { FieldError, UploadResult } from './session.ts'

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

export const Problem = Type.Object(
  {
    type: Type.String({ description: '/problems/CODE, a page that exists' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    errors: Type.Optional(Type.Array(FieldError)),
    accepted: Type.Optional(UploadResult.properties.accepted),
    rejected: Type.Optional(UploadResult.properties.rejected),
  },
  { description: 'RFC 9457 problem details' },
)
export type Problem = Static<typeof Problem>
