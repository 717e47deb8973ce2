import { notFound, type Id, type Resource } from '@drawbridge/core'
import type { Services } from './context.ts'
import type { Membership, Page, PageOf } from './ports.ts'
import { isAdmin } from './require-caller.ts'

type Viewer = Membership & { readonly services: Services }

/** What the caller may see of a resource that was looked up: `NOT_FOUND` alike for foreign and unknown ones (A4, S5). */
export async function requireVisible<F>(
  { services, member, organization }: Viewer,
  resource: Resource,
  look: { readonly found: F | null; readonly owner: Id | undefined },
): Promise<F> {
  if (look.found === null) throw notFound(resource.type)
  if (isAdmin(member) && look.owner === organization.id) return look.found
  const [decision] = await services.decisions.decideMany([{ member: member.id, action: 'view', resource }], {
    organization: organization.id,
    isSelf: true,
  })
  if (decision?.allowed !== true) throw notFound(resource.type)
  return look.found
}

/** What a member below admin reaches among its own organization's resources; a page may hold fewer than asked for. */
export async function listReached<F>(
  { services, member, organization }: Viewer,
  { type, page }: { readonly type: Resource['type']; readonly page: Page },
  load: (id: Id) => Promise<F | null>,
): Promise<PageOf<F>> {
  const { items, nextCursor } = await services.decisions.list(member.id, { type, action: 'view' }, page)
  const own = items.filter(({ owner }) => owner.id === organization.id)
  const found = await Promise.all(own.map(({ resource }) => load(resource.id)))
  return { items: found.filter((item) => item !== null), nextCursor }
}
