export { ANSWERS, isAnswer } from './answers';
export { CLUSTER_PROGRAMS } from './clusterPrograms';
export type { ClusterCall } from './clusterCalls';
export { failedCall } from './failedCall';
export {
  CARRIED_LIMITS,
  carriedVariables,
  isCarriedName,
  isParameterVariable,
  type CarriedVariable,
} from './carriedVariables';
export { GATEWAY_PORT } from './gatewayPort';
export { HOME_IN_WORKSPACE } from './homeInWorkspace';
export { lastPart } from './lastPart';
export { statementLines, type StatementLines } from './statementLines';
export { variablesRead } from './variablesRead';
export { isPlainList, stopsAtFailure } from './plainList';
export { lockedVariables } from './lockedVariables';
