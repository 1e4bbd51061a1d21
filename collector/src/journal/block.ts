/**
 * One block of a journal file: a header of 24 bytes, then the payload. Integers are big-endian.
 *
 *     0  marker    4 bytes `KPIJ`, which a reader looks for after damage
 *     4  length    of the payload in bytes
 *     8  sequence  counts up by one from block to block, 64 bits
 *    16  checksum  CRC-32 of the first 16 bytes, so that a flipped length leads nowhere
 *    20  checksum  CRC-32 of the payload
 */
import { crc32 } from 'node:zlib';

export const HEADER_BYTES = 24;

/** A longer payload is refused: what a reader takes into memory at once is bounded. */
export const MAX_PAYLOAD = 32 * 1024 * 1024;

export const MARKER = Buffer.from('KPIJ', 'latin1');

export interface BlockHeader {
  sequence: number;
  /** of the payload, bytes */
  length: number;
  payloadChecksum: number;
}

/** The block as it stands in the file. @throws RangeError for a payload of more than `MAX_PAYLOAD` bytes */
export function encodeBlock(sequence: number, payload: Buffer): Buffer {
  if (payload.length > MAX_PAYLOAD) {
    throw new RangeError(`a payload of ${payload.length} bytes is longer than ${MAX_PAYLOAD}`);
  }
  const block = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  MARKER.copy(block, 0);
  block.writeUInt32BE(payload.length, 4);
  block.writeBigUInt64BE(BigInt(sequence), 8);
  block.writeUInt32BE(crc32(block.subarray(0, 16)), 16);
  block.writeUInt32BE(crc32(payload), 20);
  payload.copy(block, HEADER_BYTES);
  return block;
}

/** The header at the start of `bytes`, or null when there is none that is whole. */
export function decodeHeader(bytes: Buffer): BlockHeader | null {
  if (bytes.length < HEADER_BYTES || bytes.compare(MARKER, 0, 4, 0, 4) !== 0) {
    return null;
  }
  const length = bytes.readUInt32BE(4);
  if (crc32(bytes.subarray(0, 16)) !== bytes.readUInt32BE(16) || length > MAX_PAYLOAD) {
    return null;
  }
  return { sequence: Number(bytes.readBigUInt64BE(8)), length, payloadChecksum: bytes.readUInt32BE(20) };
}

export function isWhole(payload: Buffer, header: BlockHeader): boolean {
  return payload.length === header.length && crc32(payload) === header.payloadChecksum;
}
