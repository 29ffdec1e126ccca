/**
 * Whether this process is still a member of its group, while it has a batch in hand.
 *
 * kafkajs sends heartbeats between batches only, and tells of a lost membership when it next asks for something. Here a
 * timer sends them, and `lost` aborts when the group has gone on without us, or must be taken to have: no heartbeat was
 * answered for as long as the brokers wait for one. By a clock that nobody sets, which goes on while the process is stopped.
 * @module
 */
import { isConnectionTrouble, kafkaErrorType } from '../kafka/kafka-error.ts'

/** What the coordinator says to one who is no member any more. */
const goneTypes: ReadonlySet<string> = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID'])
/** What it says to one who has to join again, but may first finish what it has in hand. */
const rejoinTypes: ReadonlySet<string> = new Set(['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP'])

export interface MembershipOptions {
  readonly sessionMs: number
  readonly heartbeatMs: number
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
}

/** The membership as the batches of one assignment see it. */
export interface Membership {
  readonly lost: AbortSignal
  /** A heartbeat was answered. */
  confirm(): void
  /** The group has another assignment now: whoever still works under this one has lost its partition. */
  end(): void
  /** What went wrong says that the group has to be joined again: told by the coordinator, or by too long a silence. */
  mustRejoin(): boolean
  /** Draws from an error of the coordinator what it means for the membership. */
  learnFrom(error: unknown): void
  /** Runs `work` with heartbeats beside it. */
  during<T>(beats: Beats, work: () => Promise<T>): Promise<T>
}

export interface Beats {
  readonly heartbeat: () => Promise<void>
  /** Finds the coordinator anew and connects to it, which a heartbeat of kafkajs does not. */
  readonly reconnect: () => Promise<unknown>
}

export function createMembership({ sessionMs, heartbeatMs, now }: MembershipOptions): Membership {
  const lost = new AbortController()
  let confirmedAtMs = now()
  /** When the heartbeat under way was sent: the coordinator may have answered it long ago. */
  let sentAtMs: number | undefined
  let isRejoining = false

  const membership: Membership = {
    lost: lost.signal,

    confirm() {
      confirmedAtMs = Math.max(confirmedAtMs, sentAtMs ?? now())
    },

    end: () => lost.abort(),

    mustRejoin: () => isRejoining || lost.signal.aborted,

    learnFrom(error) {
      const type = kafkaErrorType(error) ?? ''
      if (goneTypes.has(type)) lost.abort()
      if (rejoinTypes.has(type)) isRejoining = true
    },

    async during({ heartbeat, reconnect }, work) {
      const beat = async () => {
        if (now() - confirmedAtMs > sessionMs) lost.abort()
        if (sentAtMs !== undefined || lost.signal.aborted) return
        sentAtMs = now()
        try {
          await heartbeat()
        } catch (error) {
          membership.learnFrom(error)
          // An announced rebalance is an answer too: the coordinator waits for us.
          if (isRejoining) membership.confirm()
          if (isConnectionTrouble(error)) await reconnect().catch(() => undefined)
        } finally {
          sentAtMs = undefined
        }
      }
      const timer = setInterval(() => void beat(), Math.min(heartbeatMs, 1_000))
      try {
        void beat()
        return await work()
      } finally {
        clearInterval(timer)
      }
    },
  }
  return membership
}
