export {
  CARRIED_LIMITS,
  carriedVariables,
  isParameterVariable,
  type CarriedVariable,
} from './carriedVariables';
export { statementLines, type StatementLines } from './statementLines';
export { variablesRead } from './variablesRead';
