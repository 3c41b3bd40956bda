export { callText, type NamedCall } from './callText';
export { decideCall, type CallDecision, type CallRules } from './decideCall';
export { describeRequest } from './describeRequest';
export {
  isProvenDryRun,
  readRequestBody,
  withNameOf,
  type DeleteOptions,
  type JsonObject,
  type RequestBody,
} from './requestBody';
export {
  impersonates,
  passingHeaders,
  type HeaderLines,
} from './requestHeaders';
export {
  commandOf,
  isWrite,
  queryValues,
  selectorOf,
  urlOf,
  type NonResourceRequest,
  type QueryPairs,
  type RequestInfo,
  type ResourceRequest,
  type ResourceVerb,
  type UnreadableRequest,
} from './RequestInfo';
export { secretValuesInAnswer } from './secretValuesInAnswer';
