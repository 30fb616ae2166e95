/** Numbers that have a meaning of their own in system files. */

/** System-missing, as SPSS writes it: the most negative double. */
export const SYSTEM_MISSING = -Number.MAX_VALUE;

/** `HIGHEST`, the open upper end of a range. */
export const HIGHEST = Number.MAX_VALUE;

/** `LOWEST`, the open lower end of a range: the double next above system-missing. */
export const LOWEST = lowest();

/** What bytecode adds to a small integer. */
export const COMPRESSION_BIAS = 100;

/** Uncompressed bytes in one ZSAV block. */
export const ZSAV_BLOCK_BYTES = 0x3ff000;

/** Bytecode, one byte an element; 1 to 251 are small integers. */
export const OPCODE = { padding: 0, end: 252, raw: 253, spaces: 254, systemMissing: 255 } as const;

function lowest(): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, 0xffeffffffffffffen);
  return view.getFloat64(0);
}
