import type {
  EntityRef,
  GivenApproval,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';

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

/** The entities whose approval is missing and which one person could give, all with one press. */
export function approvesFor(
  parts: ApprovalPart[],
  userRef: EntityRef,
): EntityRef[] {
  return parts
    .filter(part => part.people.some(person => person.userRef === userRef))
    .map(part => part.entityRef);
}
