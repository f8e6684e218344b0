/** The words of an order to standard output, until nobody reads them any more. Argument: ORDER. */
import { writeSync } from 'node:fs';
import { orders } from './orders.ts';

const WORDS = 1 << 16; // at a time

const fill = orders[process.argv[2]]();
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
