/** What a process has opened, closed in the reverse order of opening. */
export interface CloseStack {
  push(close: () => Promise<void> | void): void
  /** Closes all; one that cannot be closed must not keep the others open. */
  closeAll(): Promise<void>
}

export function createCloseStack(logger: { warn(fields: object, message: string): void }): CloseStack {
  const opened: (() => Promise<void> | void)[] = []
  return {
    push: (close) => void opened.push(close),
    async closeAll() {
      for (const close of opened.splice(0).reverse()) {
        try {
          await close()
        } catch (cause) {
          logger.warn({ error: cause instanceof Error ? cause.name : typeof cause }, 'something could not be closed')
        }
      }
    },
  }
}
