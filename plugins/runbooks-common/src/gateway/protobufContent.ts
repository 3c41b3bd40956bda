import { objectOfMessage } from './objectOfMessage';
import type { ProtobufMessage } from './protobuf';
import { PROTOBUF_SHAPES } from './protobufShapes';
import type { ResourceRequest } from './RequestInfo';

/**
 * What a protobuf object says, as its JSON would say it; undefined where a field is not known. Only kinds that typed
 * clients write (kubectl's `create` commands, helm's releases), and of these only what judging them needs: fields that
 * cannot do harm are left out.
 */
export function contentOfMessage(
  info: Pick<ResourceRequest, 'group' | 'resource' | 'subresource'>,
  message: ProtobufMessage,
): Record<string, unknown> | undefined {
  const kind = `${info.group}/${info.resource}`;
  if (info.subresource !== '' || !Object.hasOwn(PROTOBUF_SHAPES, kind))
    return undefined;
  try {
    return objectOfMessage(message, PROTOBUF_SHAPES[kind]);
  } catch {
    return undefined;
  }
}
