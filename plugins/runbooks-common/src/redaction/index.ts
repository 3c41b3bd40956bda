export { createRedactor, REDACTED, type Redactor } from './createRedactor';
