import { run as runChecks } from './b04-check.ts'
import { describe, type Comparison } from './compare.ts'

const benchmarks: Readonly<Record<string, () => Promise<readonly Comparison[]>>> = { b04: runChecks }

/** Runs the benchmarks that are named, or all; `--json` prints the raw values too. */
async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith('--'))
  const results: Comparison[] = []
  for (const [name, run] of Object.entries(benchmarks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    for (const comparison of await run()) {
      results.push(comparison)
      process.stdout.write(`${describe(comparison)}\n`)
    }
  }
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(results)}\n`)
}

await main(process.argv.slice(2))
