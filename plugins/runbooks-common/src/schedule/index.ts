export * from './model';
export {
  handoverAt,
  holesBetween,
  nextShift,
  onCallAt,
  shiftsBetween,
} from './onCallAt';
export {
  parseOnCallDocument,
  type OnCallDocument,
  type OnCallProblem,
} from './parseOnCallDocument';
export { parseUserRef } from './parseUserRef';
export { rotationShifts, shiftAt } from './rotation';
export * from './schedule';
export { isTimeZone, localTimeOf, type Weekday } from './wallClock';
