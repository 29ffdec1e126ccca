import { it } from 'vitest'
import { without } from '../support/optional-parts.ts'
import { expectFigures } from './expect-figures.ts'

it.skipIf(without('kafka'))(
  'measures the distributed mode in its quick form, prints it as a table and writes it as JSON',
  async () => {
    await expectFigures([
      'distributed: from upload to store, plays a second',
      'distributed: from upload to store with two ingest processes, plays a second',
      'distributed: ingest process, processor time of a play',
      'distributed: ingest from Kafka, plays a second',
      'distributed: ingest from Kafka, processor time of a play',
    ])
  },
)
