/** Refuses a Node.js that cannot run TypeScript sources; a package manager may have passed the pinned one by. */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return
  throw new Error(`Node.js ${version} is too old: install 24, or let pnpm install the one it brings`)
}
