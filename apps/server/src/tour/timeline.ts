/** Prints a story line by line, with the milliseconds since it began. */
export interface Timeline {
  /** A heading. */
  chapter(title: string): void
  /** Who did what. */
  act(who: string, what: string): void
  /** What someone's app saw. */
  saw(who: string, what: string): void
}

export function createTimeline(write: (text: string) => void): Timeline {
  const startedAt = performance.now()
  const line = (who: string, what: string): void => {
    const elapsed = `${Math.round(performance.now() - startedAt)} ms`
    write(`  ${elapsed.padStart(8)}  ${who.padEnd(18)}  ${what}\n`)
  }
  return {
    chapter: (title) => write(`\n  ${title}\n`),
    act: line,
    saw: (who, what) => line(who, `· ${what}`),
  }
}
