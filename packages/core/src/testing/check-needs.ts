import type { Command } from '../commands.ts'
import { applyAndTell, type Told } from '../difference.ts'
import { isDrawbridgeError } from '../errors.ts'
import { FactSet } from '../fact-set.ts'
import type { Instant } from '../instant.ts'
import type { Actor, Outcome } from '../rules/rule.ts'
import { applyRule, needsOf } from '../rules/rules.ts'
import { factsFor } from './facts-for.ts'
import { createIds } from './ids.ts'

interface Context {
  readonly actor: Actor
  readonly now: Instant
}

/**
 * What a rule says it needs is all it needs: over no more facts it does, tells and refuses the same. Only facts that
 * an organization knows already may be told again, as what else makes them known need not be loaded.
 */
export function checkNeeds(facts: FactSet, command: Command, context: Context): void {
  const all = attempt(new FactSet(facts.all()), command, context)
  const needed = attempt(factsFor(facts, needsOf(command, context.actor), context.actor), command, context)
  const expect = (part: string, found: unknown, expected: unknown) => {
    const [a, b] = [inOrder(found), inOrder(expected)]
    if (a !== b) throw new Error(`${command.type} needs more: ${part} is\n  ${a}\n  instead of\n  ${b}`)
  }
  if (typeof all === 'string' || typeof needed === 'string') return expect('the refusal', needed, all)
  expect('the outcome', needed.outcome, all.outcome)
  expect(
    'who is told',
    needed.told.map(({ organization }) => organization),
    all.told.map(({ organization }) => organization),
  )
  for (const told of all.told) {
    const found = needed.told.find(({ organization }) => organization === told.organization)
    expect('the cause', found?.cause, told.cause)
    const news = new Set(told.facts.map((change) => inOrder(change)))
    const isNews = (change: unknown) => news.has(inOrder(change)) || !isKnown(facts, change)
    expect('what is told', found?.facts.filter(isNews), told.facts)
  }
}

function isKnown(facts: FactSet, change: unknown): boolean {
  const known = [...facts.all()].map((put) => inOrder({ put }))
  return known.includes(inOrder(change))
}

function attempt(
  facts: FactSet,
  command: Command,
  context: Context,
): string | { readonly outcome: Outcome; readonly told: readonly Told[] } {
  try {
    const outcome = applyRule(facts, command, { ...context, newId: createIds(0xf000) })
    return { outcome, told: outcome.facts.length === 0 ? [] : applyAndTell(facts, outcome) }
  } catch (error) {
    if (isDrawbridgeError(error)) return `${error.code} ${JSON.stringify(error.details)}`
    throw error
  }
}

/** As JSON, with lists in an order that does not depend on the order in which facts were found. */
function inOrder(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) =>
    Array.isArray(part) ? part.map((one) => inOrder(one)).toSorted() : part,
  )
  return text ?? 'nothing'
}
