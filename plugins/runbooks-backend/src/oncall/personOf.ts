import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  EntityRef,
  Person,
} from '@backstage-runbooks/plugin-runbooks-common';

const PHONE_ANNOTATION = 'backstage-runbooks.io/phone';
const SLACK_ANNOTATION = 'backstage-runbooks.io/slack';

/** How to reach a person, from the User entity; with no entity a person whom the catalog does not know. */
export function personOf(userRef: EntityRef, user: Entity | undefined): Person {
  if (!user) {
    return { userRef, displayName: parseEntityRef(userRef).name, known: false };
  }
  const { annotations = {}, title, name } = user.metadata;
  const profile = isRecord(user.spec?.profile) ? user.spec.profile : {};
  return {
    userRef,
    displayName: textOf(profile.displayName) ?? title ?? name,
    email: textOf(profile.email),
    phone: textOf(annotations[PHONE_ANNOTATION]),
    slack: textOf(annotations[SLACK_ANNOTATION]),
    picture: textOf(profile.picture),
    known: true,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
