/** One way of doing the work that a benchmark measures. */
export interface Contender {
  readonly name: string
  /** Does the work once over; answers how much of it was done per second, or each operation's time. */
  readonly run: () => Promise<Sample>
}

export interface Sample {
  readonly perSecond: number
  /** The 99th percentile of one operation, in milliseconds. */
  readonly p99Ms: number
}

export interface Comparison {
  readonly benchmark: string
  readonly floor: string
  readonly subject: string
  readonly goal: string
  /** Subject over floor, per pair of runs; more is better. */
  readonly ratios: readonly number[]
  readonly medianRatio: number
  readonly samples: readonly { readonly floor: Sample; readonly subject: Sample }[]
}

/** Alternates floor and subject in one run, so that both meet the same machine, and compares pair by pair. */
export async function compare(
  { benchmark, goal, rounds = 5 }: { benchmark: string; goal: string; rounds?: number },
  floor: Contender,
  subject: Contender,
): Promise<Comparison> {
  await floor.run()
  await subject.run()
  const samples: { floor: Sample; subject: Sample }[] = []
  for (let round = 0; round < rounds; round++) {
    samples.push({ floor: await floor.run(), subject: await subject.run() })
  }
  const ratios = samples.map((pair) => pair.subject.perSecond / pair.floor.perSecond)
  return {
    benchmark,
    goal,
    floor: floor.name,
    subject: subject.name,
    ratios,
    medianRatio: median(ratios),
    samples,
  }
}

/** A comparison as a few lines for people. */
export function describe({
  benchmark,
  floor,
  subject,
  goal,
  medianRatio,
  ratios,
  samples,
}: Comparison): string {
  const row = (name: string, of: readonly Sample[]): string =>
    `    ${name.padEnd(44)} ${median(of.map(({ perSecond }) => perSecond))
      .toFixed(0)
      .padStart(9)}/s   p99 ${median(of.map(({ p99Ms }) => p99Ms)).toFixed(2)} ms`
  return [
    `  ${benchmark}`,
    row(
      floor,
      samples.map((pair) => pair.floor),
    ),
    row(
      subject,
      samples.map((pair) => pair.subject),
    ),
    `    ratio ${medianRatio.toFixed(2)} (goal ${goal}; ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
    '',
  ].join('\n')
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
