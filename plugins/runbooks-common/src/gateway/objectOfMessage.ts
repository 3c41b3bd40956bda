import type { ProtobufMessage } from './protobuf';

/** How the fields of a message are read; a field that has no entry is not understood. */
export interface Shape {
  [field: number]: readonly [name: string, read: Read];
}

/** Makes what JSON would hold of all values of one field; undefined for what JSON would leave out. */
export type Read = (values: Array<number | Uint8Array>) => unknown;

/** The message as JSON would say it. Throws where it has a field that the shape does not know. */
export function objectOfMessage(
  message: ProtobufMessage,
  shape: Shape,
): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  for (const field of message.fields) {
    if (!Object.hasOwn(shape, field)) {
      throw new Error(`field ${field} is not known`);
    }
    const [name, read] = shape[field];
    const value = read(message.all(field));
    if (value !== undefined) content[name] = value;
  }
  return content;
}
