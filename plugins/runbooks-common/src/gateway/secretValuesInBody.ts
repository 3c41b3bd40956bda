import { changedTree } from './changedTree';
import type { RequestBody } from './requestBody';
import { isAboutSecrets, type RequestInfo } from './RequestInfo';
import { secretValuesInAnswer } from './secretValuesInAnswer';

/**
 * Everything secret that a call writes into a Secret: each value as sent and, where it is base64, decoded. Empty for
 * calls about anything else, and for bodies that are not read (such a write of a Secret is refused).
 *
 * @public
 */
export function secretValuesInBody(
  info: RequestInfo,
  body: RequestBody,
  decodeBase64: (encoded: string) => string | undefined,
): Set<string> {
  if (info.kind !== 'resource' || !isAboutSecrets(info)) return new Set();
  return new Set(
    contentsOf(body).flatMap(content => [
      ...secretValuesInAnswer(content, decodeBase64),
    ]),
  );
}

function contentsOf(body: RequestBody): unknown[] {
  switch (body.kind) {
    case 'object':
      return [body.content];
    case 'change':
      return [body.content];
    case 'json-patch':
      return body.operations.map(changedTree);
    default:
      return [];
  }
}
