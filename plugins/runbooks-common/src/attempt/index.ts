export {
  CARRIED_LIMITS,
  carriedVariables,
  isCarriedName,
  isParameterVariable,
  type CarriedVariable,
} from './carriedVariables';
export { statementLines, type StatementLines } from './statementLines';
export { variablesRead } from './variablesRead';
export { isPlainList, stopsAtFailure } from './plainList';
