/** The words of an order to standard output, until nobody reads them any more. Arguments: ORDER, SEED. */
import { writeSync } from 'node:fs';
import { orders } from './orders.ts';

const WORDS = 1 << 16; // at a time

const [order, seed] = process.argv.slice(2);
const fill = orders[order](seed);
const words = new Uint32Array(WORDS);
const bytes = new Uint8Array(words.buffer);
try {
  for (;;) {
    fill(words);
    for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
  }
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
}
