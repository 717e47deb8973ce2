import type { Cause, Change, Fact, FactChange, MemberId, OrganizationId } from '@drawbridge/core'
import { channelNamespace, type ServerMessages } from '@drawbridge/protocol/messages'
import type { VersionedFacts } from './ports.ts'

const factsPerPart = 2_000

/** A message without what differs from connection to connection, so that it is encoded once for all. */
export type Frame = string

/** The snapshot's parts, all at one version (V1). */
export function encodeSnapshot(organization: OrganizationId, snapshot: VersionedFacts): readonly Frame[] {
  const { version, facts } = snapshot
  const parts = Math.max(1, Math.ceil(facts.length / factsPerPart))
  return Array.from({ length: parts }, (_, part) => {
    const some: readonly Fact[] = facts.slice(part * factsPerPart, (part + 1) * factsPerPart)
    return encode('snapshot', { version, part, parts, organization, facts: some })
  })
}

/** One change's frames, each distinct projection encoded once however many members it goes to. */
export class ChangeFrames {
  readonly #change: Change
  readonly #positions: ReadonlyMap<FactChange, number>
  readonly #frames = new Map<string, Frame>()

  constructor(change: Change) {
    this.#change = change
    this.#positions = new Map(change.facts.map((fact, position) => [fact, position]))
  }

  encode({ facts, cause }: { readonly facts: readonly FactChange[]; readonly cause: Cause }): Frame {
    const { version, act, at } = this.#change
    const key = `${JSON.stringify(cause)}${facts.map((fact) => this.#positions.get(fact)).join()}`
    const known = this.#frames.get(key)
    if (known !== undefined) return known
    const frame = encode('change', { version, act, at, cause, facts })
    this.#frames.set(key, frame)
    return frame
  }
}

/** A frame with one connection's own fields, as Socket.IO's protocol writes an event on the wire. */
export function complete(
  frame: Frame,
  own: { readonly cursor: string; readonly previous?: number; readonly member?: MemberId | null },
): string {
  return `${frame},${JSON.stringify(own).slice(1)}]`
}

function encode(event: keyof ServerMessages, message: object): Frame {
  return `2${channelNamespace},["${event}",${JSON.stringify(message).slice(0, -1)}`
}
