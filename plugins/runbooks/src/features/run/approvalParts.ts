import type {
  EntityRef,
  GivenApproval,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { listWords } from '../../words/listWords';

/** One entity whose owners must approve: who has, or who could. */
export interface ApprovalPart {
  entityRef: EntityRef;
  given?: { by: EntityRef; at: string; entitledBy: string };
  /** Who could still approve for it; empty where somebody has. */
  people: Array<{ userRef: EntityRef; entitledBy: string }>;
}

/** One approval for each entity, in the order of the requirement. */
export function approvalParts(
  entityRefs: EntityRef[],
  approvers: RunView['approvers'],
  given: GivenApproval[],
): ApprovalPart[] {
  return entityRefs.map(entityRef => {
    const found = given.flatMap(approval =>
      approval.covers
        .filter(covered => covered.entityRef === entityRef)
        .map(({ entitledBy }) => ({
          by: approval.approvedBy,
          at: approval.approvedAt,
          entitledBy,
        })),
    )[0];
    return {
      entityRef,
      given: found,
      people: found
        ? []
        : approvers.filter(person => person.entityRef === entityRef),
    };
  });
}

/**
 * Who could give all approvals with one press, where several are needed and none is given; undefined where this does
 * not say all, so that each has to be told for itself.
 */
export function whoCouldGiveAll(
  parts: readonly ApprovalPart[],
): EntityRef[] | undefined {
  const [first, ...others] = parts;
  if (others.length === 0 || parts.some(part => part.given)) return undefined;
  const all = [...new Set(first.people.map(({ userRef }) => userRef))].filter(
    userRef =>
      others.every(part =>
        part.people.some(person => person.userRef === userRef),
      ),
  );
  return all.length > 0 ? all : undefined;
}

/** What an approval of the person looking would do. */
export interface ApprovingView {
  /** "It runs as soon as you approve." */
  words: string;
  /** No approval would be missing then: it runs. */
  isLast: boolean;
}

/**
 * What one press of "Approve" does, before it is pressed: for which entities the person approves, where there are
 * several, and whether the step runs then. The last approval starts it, whoever asked.
 */
export function approvingView(
  parts: ApprovalPart[],
  userRef: EntityRef,
): ApprovingView | undefined {
  const missing = parts.filter(part => !part.given);
  if (missing.length === 0) return undefined;
  const couldGive = (part: ApprovalPart) =>
    missing.length === 1 ||
    part.people.some(person => person.userRef === userRef);
  const theirs = missing.filter(couldGive);
  const others = missing.filter(part => !couldGive(part));
  if (theirs.length === 0) {
    return {
      words: 'It runs as soon as the last approval is given.',
      isLast: false,
    };
  }
  const lead = parts.length > 1 ? `You approve for ${namesOf(theirs)}. ` : '';
  const isLast = others.length === 0;
  const end = isLast
    ? 'It runs as soon as you approve.'
    : `It runs as soon as somebody has approved for ${namesOf(others)} too.`;
  return { words: `${lead}${end}`, isLast };
}

function namesOf(parts: ApprovalPart[]): string {
  return listWords(parts.map(({ entityRef }) => entityRef));
}
