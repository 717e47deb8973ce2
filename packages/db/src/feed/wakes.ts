import type { OrganizationId } from '@drawbridge/core'

/** Called with organizations that may have changed. */
export type Wake = (organizations: readonly OrganizationId[]) => void

/** Passes wakes on to whoever listens. */
export interface Wakes {
  emit: Wake
  subscribe(wake: Wake): Disposable
}

export function createWakes(): Wakes {
  const listeners = new Set<Wake>()
  return {
    emit(organizations) {
      for (const wake of listeners) wake(organizations)
    },
    subscribe(wake) {
      listeners.add(wake)
      return { [Symbol.dispose]: () => void listeners.delete(wake) }
    },
  }
}
