/** Refuses a Node.js that cannot run TypeScript sources or make UUIDv7; a package manager may have passed the pinned one by. */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 16)) return
  throw new Error(`Node.js ${version} is too old: install 24, or let pnpm install the one it brings`)
}
