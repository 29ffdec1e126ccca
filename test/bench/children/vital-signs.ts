/**
 * What a process tells of itself: the processor time it took, its memory, and how long its event loop stood still.
 * @module
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface VitalSigns {
  readonly cpuMs: number
  /** Most memory that the process ever had (resident set). */
  readonly peakBytes: number
  /** Longest delay of the event loop since it was last asked. */
  readonly longestDelayMs: number
}

/** Starts watching. */
export function watchVitalSigns(): () => VitalSigns {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  return () => {
    const { user, system } = process.cpuUsage()
    const longestDelayMs = delay.max / 1e6
    delay.reset()
    // Node.js tells it in KiB on every system.
    return { cpuMs: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024, longestDelayMs }
  }
}
