export { duplicateKey } from './duplicateKey';
export { trimmed, trimmedEnd, trimmedStart } from './trimmed';
