export {
  CARRIED_LIMITS,
  carriedVariables,
  isCarriedVariable,
  isVariableName,
} from './carriedVariables';
export { statementLines, type StatementLines } from './statementLines';
