/** How long whole numbers are on the wire, in the variable-length encoding of protocol buffers: 7 bits a byte. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** A vector of which only the entries that are not 0 are written, each with its index, and their number before them. */
export function sparseBytes(entries: Int32Array): number {
  let bytes = 0;
  let count = 0;
  for (let index = 0; index < entries.length; index++) {
    if (entries[index] === 0) continue;
    count++;
    bytes += varintBytes(index) + varintBytes(entries[index]);
  }
  return bytes + varintBytes(count);
}
