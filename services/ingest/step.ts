/**
 * Steps in a row: each is a plain function from an input to an outcome, and the first that does not say `ok` ends it.
 * @module
 */
import type { Outcome } from './outcome.ts'

export type Step<In, Out, Context> = (input: In, context: Context) => Outcome<Out>

export interface Steps<In, Out, Context> {
  readonly run: Step<In, Out, Context>
  andThen<Next>(step: Step<Out, Next, Context>): Steps<In, Next, Context>
}

export function firstStep<In, Out, Context>(run: Step<In, Out, Context>): Steps<In, Out, Context> {
  return {
    run,
    andThen: (step) =>
      firstStep((input, context) => {
        const outcome = run(input, context)
        return outcome.kind === 'ok' ? step(outcome.value, context) : outcome
      }),
  }
}
