export { createRedactor, type Redactor } from './createRedactor';
export { isCredentialLike, withoutCredentials } from './credentials';
export { REDACTED } from './redacted';
export { isHiddenEverywhere } from './isHiddenEverywhere';
export { secretValuesInManifest } from './secretValuesInManifest';
export { mayDescribeSecrets } from './mayDescribeSecrets';
export { SecretForms } from './SecretForms';
