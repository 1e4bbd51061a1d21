import { createHash } from 'node:crypto';

/** Equal for equal content: numbers in typed arrays by their bytes, everything else as JSON. */
export function contentKey(...content: unknown[]): string {
  const hash = createHash('sha256');
  const shape = JSON.stringify(content, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) {
      return value;
    }
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    return { bytes: value.byteLength };
  });
  return hash.update(shape).digest('base64url');
}
