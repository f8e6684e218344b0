/** placeholder, written by the network helper */
import { micros } from '../base/time.ts';
import type { Link } from '../engine/model.ts';
export const constant = ({ ms }: { ms: number }): Link => {
  const d = micros(ms);
  return () => ({ delay: () => d });
};
