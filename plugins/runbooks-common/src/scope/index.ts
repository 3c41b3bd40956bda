export * from './claims';
export * from './claimObjects';
export * from './model';
export * from './decideScope';
export * from './grantsUsedBy';
export * from './isNamespaceName';
export * from './outsideNow';
