export * from './claims';
export * from './claimObjects';
export * from './model';
export * from './decideScope';
export * from './grantsUsedBy';
export * from './isNamespaceName';
export * from './outsideNow';
export { OWNED_KINDS, type OwnedKind } from './ownedKinds';
