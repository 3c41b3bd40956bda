/**
 * A reader for the little that decisions need of protobuf bodies. kubectl's typed clients (`create deployment`,
 * `drain --disable-eviction`) and helm write protobuf; everything else writes JSON.
 *
 * It is stricter than the API server: a field that is written twice, an overlong tag, a group, or a number that
 * JavaScript cannot hold is an error, because two readers could understand them in two ways.
 */

/** The fields of one message: numbers for varints, bytes for everything with a length. */
export interface ProtobufMessage {
  /** All values of a field, in order. */
  all(field: number): Array<number | Uint8Array>;
  /** Numbers of the fields that occur. */
  readonly fields: ReadonlySet<number>;
}

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;
const MAX_TAG = 0xffffffff;

/** Reads one message. Throws where it cannot be read for certain. */
export function readProtobuf(bytes: Uint8Array): ProtobufMessage {
  const found: Array<[field: number, value: number | Uint8Array]> = [];
  let at = 0;
  const take = (length: number) => {
    if (length > bytes.length - at) throw new Error('the message is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const varint = () => {
    let value = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      const [byte] = take(1);
      value += (byte % 128) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new Error('a number is too long');
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag > MAX_TAG) throw new Error('a field number is too large');
    const field = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === WIRE_VARINT) found.push([field, varint()]);
    else if (wire === WIRE_BYTES) found.push([field, take(varint())]);
    else if (wire === WIRE_FIXED64) found.push([field, take(8)]);
    else if (wire === WIRE_FIXED32) found.push([field, take(4)]);
    else throw new Error(`wire type ${wire} is not known`);
  }
  return {
    all: field => found.filter(([key]) => key === field).map(([, v]) => v),
    fields: new Set(found.map(([key]) => key)),
  };
}

/** The only value of a field that has bytes; undefined where it does not occur. */
export function onlyBytes(
  message: ProtobufMessage,
  field: number,
): Uint8Array | undefined {
  const value = onlyValue(message, field);
  if (typeof value === 'number') throw new Error(`field ${field} is a number`);
  return value;
}

/** The only value of a text field; undefined where it does not occur. */
export function onlyText(
  message: ProtobufMessage,
  field: number,
): string | undefined {
  const bytes = onlyBytes(message, field);
  return bytes && textOf(bytes);
}

/** The only value of a number field; undefined where it does not occur. */
export function onlyNumber(
  message: ProtobufMessage,
  field: number,
): number | undefined {
  const value = onlyValue(message, field);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new Error(`field ${field} is not a small number`);
  }
  return value;
}

/** UTF-8, and nothing else. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    bytes,
  );
}

function onlyValue(message: ProtobufMessage, field: number) {
  const values = message.all(field);
  if (values.length > 1) throw new Error(`field ${field} is written twice`);
  return values[0];
}
