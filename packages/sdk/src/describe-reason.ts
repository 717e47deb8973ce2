import type { ClientDecision, ClientReason } from './decision.ts'

export type Language = 'en' | 'de'

type Sentence = (who: string, since: string) => string

/** Why a decision is as it is, in words for people, with who closed the way and since when where that is known. */
export function describeReason(
  { reason, by, since }: Pick<ClientDecision, 'reason' | 'by' | 'since'>,
  language: Language = 'en',
): string {
  const { someone, sinceThen, reasons } = languages[language]
  const when = since === undefined ? '' : sinceThen(formatInstant(since, language))
  return reasons[reason](by?.name ?? someone, when)
}

function formatInstant(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(instant),
  )
}

interface Words {
  readonly someone: string
  readonly sinceThen: (date: string) => string
  readonly reasons: Readonly<Record<ClientReason, Sentence>>
}

const languages: Readonly<Record<Language, Words>> = {
  en: {
    someone: 'The other organization',
    sinceThen: (date) => ` since ${date}`,
    reasons: {
      allowed: () => 'Access is allowed.',
      no_path: () => 'There is no access to this resource.',
      role_too_low: () => 'The role does not allow this.',
      not_delegated: () => 'An admin of the own organization has not delegated this share yet.',
      delegation_expired: (who, since) => `The delegation by ${who} has expired${since}.`,
      share_paused: (who, since) => `${who} has paused the share${since}.`,
      share_expired: (who, since) => `The share by ${who} has expired${since}.`,
      cooperation_pending: () => 'The invitation to the cooperation has not been accepted yet.',
      cooperation_paused: (who, since) => `${who} has paused the cooperation${since}.`,
      cooperation_expired: (who, since) => `The cooperation with ${who} has expired${since}.`,
      membership_paused: (who, since) => `${who} has paused the membership${since}.`,
      membership_expired: (who, since) => `The membership in ${who} has expired${since}.`,
      stale: () => 'The connection is interrupted, so access cannot be confirmed right now.',
      unknown: () => 'Access is still being checked.',
    },
  },
  de: {
    someone: 'Die andere Organisation',
    sinceThen: (date) => ` (seit ${date})`,
    reasons: {
      allowed: () => 'Der Zugriff ist erlaubt.',
      no_path: () => 'Auf diese Ressource besteht kein Zugriff.',
      role_too_low: () => 'Die Rolle erlaubt dies nicht.',
      not_delegated: () => 'Ein Admin der eigenen Organisation hat diese Freigabe noch nicht delegiert.',
      delegation_expired: (who, since) => `Die Delegation durch ${who} ist abgelaufen${since}.`,
      share_paused: (who, since) => `${who} hat die Freigabe pausiert${since}.`,
      share_expired: (who, since) => `Die Freigabe durch ${who} ist abgelaufen${since}.`,
      cooperation_pending: () => 'Die Einladung zur Kooperation wurde noch nicht angenommen.',
      cooperation_paused: (who, since) => `${who} hat die Kooperation pausiert${since}.`,
      cooperation_expired: (who, since) => `Die Kooperation mit ${who} ist abgelaufen${since}.`,
      membership_paused: (who, since) => `${who} hat die Mitgliedschaft pausiert${since}.`,
      membership_expired: (who, since) => `Die Mitgliedschaft bei ${who} ist abgelaufen${since}.`,
      stale: () => 'Die Verbindung ist unterbrochen, der Zugriff lässt sich gerade nicht bestätigen.',
      unknown: () => 'Der Zugriff wird noch geprüft.',
    },
  },
}
