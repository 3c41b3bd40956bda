export { callText, type NamedCall } from './callText';
export {
  decideCall,
  decideHead,
  type CallDecision,
  type CallRules,
} from './decideCall';
export { describeRequest } from './describeRequest';
export {
  isProvenDryRun,
  readRequestBody,
  withNameOf,
  type ChangeForm,
  type DeleteOptions,
  type JsonObject,
  type JsonPatchOperation,
  type RequestBody,
} from './requestBody';
export {
  headerProblem,
  passingHeaders,
  type HeaderLines,
} from './requestHeaders';
export {
  callDone,
  countCalls,
  didText,
  isCounted,
  mayHaveChanged,
  sumCounts,
  type CallCounts,
  type CallDone,
  type ChangeCounts,
  type DoneCall,
} from './callDone';
export {
  commandOf,
  isAboutSecrets,
  isSelfReview,
  isWrite,
  queryValues,
  selectorOf,
  urlOf,
  type CallKind,
  type NonResourceRequest,
  type QueryPairs,
  type RequestInfo,
  type ResourceRequest,
  type ResourceVerb,
  type UnreadableRequest,
} from './RequestInfo';
export { secretValuesInAnswer } from './secretValuesInAnswer';
export { secretAnswered, type SecretAnswered } from './secretAnswered';
export { secretAsked, type SecretAsked } from './secretAsked';
export { type SecretView } from './secretView';
export { unlistedWriteProblem } from './unlistedWriteProblem';
export {
  impersonationHeaders,
  impersonationProblem,
  type Impersonation,
} from './impersonation';
export { secretValuesInBody } from './secretValuesInBody';
export { type ActsOn } from './actsOnModel';
