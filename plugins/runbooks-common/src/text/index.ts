export { duplicateKey } from './duplicateKey';
export { hasBehind } from './hasBehind';
export { trimmed, trimmedEnd, trimmedStart } from './trimmed';
