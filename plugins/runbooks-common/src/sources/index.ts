export { readSourceReference, type SourceReference } from './sourceReference';
export { plainSegments, resolvePath } from './plainPath';
export {
  readRepositoryAddress,
  type RepositoryAddress,
  type SourceHost,
} from './repositoryAddress';
export { addressText, repositoryText } from './addressText';
export { readAllowedLocation, type AllowedLocation } from './allowedLocation';
export { decideSource, type SourceDecision } from './decideSource';
export {
  createSelector,
  folderOf,
  selectAll,
  type FileSelection,
} from './fileSelection';
export {
  findNameProblems,
  MAX_NAME_LENGTH,
  type NameProblem,
} from './findNameProblems';
export { filesNamedBy, filesNamedByText, surroundingsOf } from './filesNamedBy';
export { submodulesIn, type Submodule } from './submodulesIn';
export type { NamedFiles } from './NamedPaths';
