/** Bytes of one length-delimited protobuf field. */
export function field(number: number, content: Uint8Array | string): number[] {
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
}

/** Bytes of one varint field. */
export function numberField(number: number, value: number): number[] {
  return [...varint(number * 8), ...varint(value)];
}

/** An object in Kubernetes' protobuf envelope. */
export function protobufBody(
  object: number[],
  ...more: number[][]
): Uint8Array {
  return Uint8Array.from([
    ...new TextEncoder().encode('k8s\0'),
    ...field(1, Uint8Array.from([...field(1, 'v1'), ...field(2, 'Thing')])),
    ...field(2, Uint8Array.from(object)),
    ...more.flat(),
  ]);
}

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

function varint(value: number): number[] {
  return value < 128
    ? [value]
    : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
