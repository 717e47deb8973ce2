import { readdir } from 'node:fs/promises'
import { describe, type Comparison } from './compare.ts'

/** Runs the benchmarks whose file names begin with one of the arguments, or all; `--json` prints raw values. */
async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith('--'))
  const files = (await readdir(import.meta.dirname)).filter((file) => /^b\d\d-.*\.ts$/.test(file)).toSorted()
  const results: Comparison[] = []
  for (const file of files) {
    if (wanted.length > 0 && !wanted.some((prefix) => file.startsWith(prefix))) continue
    const { run }: { run: () => Promise<readonly Comparison[]> } = await import(`./${file}`)
    for (const comparison of await run()) {
      results.push(comparison)
      process.stdout.write(describe(comparison))
    }
  }
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(results)}\n`)
}

await main(process.argv.slice(2))
