export * from './approvalDigest';
export * from './model';
export * from './refusal';
export * from './applyRunEvent';
export * from './decideRun';
export * from './nextRead';
export { missingApprovals } from './decideApproval';
export {
  approvingEntities,
  stepInFlight,
  type Actor,
  type Entitlement,
  type RunDecision,
  type RunPolicy,
} from './decision';
export * from './concernedEntities';
export * from './lockingEntities';
export * from './decideWork';
export * from './eventVocabulary';
export * from './queuedFor';
export * from './actionsOf';
export * from './boundAsPlanned';
export * from './isAboutBinding';
export * from './summarize';
export * from './shortfallOf';
export * from './hasRolledBack';
export * from './recordedWrites';
export * from './foundNothing';
export * from './locksOf';
export * from './differenceText';
export * from './FileDifferences';
export * from './withoutSecretValues';
export * from './judgeResult';
export * from './voidedBecause';
export * from './waitingApproval';
export * from './noticesOf';
