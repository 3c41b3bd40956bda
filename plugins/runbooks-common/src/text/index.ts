export { trimmed, trimmedEnd, trimmedStart } from './trimmed';
