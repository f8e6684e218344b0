/**
 * Messages in flight that are not small integers, by handle. In checked mode each is hashed when it is stored and again
 * when it is taken out, so that whoever sends a live row by mistake is caught.
 */
import { assert } from '../base/errors.ts';

/** A hash of a message's content: numbers, strings, arrays, typed arrays and plain objects, however nested. */
export function contentHash(value: unknown): number {
  const text =
    JSON.stringify(value, (_, v) => (ArrayBuffer.isView(v) ? Array.from(v as Int32Array) : v)) ??
    '';
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return h;
}

export class Payloads<M> {
  readonly #messages: (M | undefined)[] = [];
  readonly #hashes: number[] = []; // [handle] content hash at `store`, in checked mode
  readonly #free: number[] = [];
  readonly #checked: boolean;

  constructor(checked: boolean) {
    this.#checked = checked;
  }

  store(message: M): number {
    const handle = this.#free.pop() ?? this.#messages.length;
    this.#messages[handle] = message;
    if (this.#checked) this.#hashes[handle] = contentHash(message);
    return handle;
  }

  take(handle: number): M {
    const message = this.#messages[handle] as M;
    this.#messages[handle] = undefined;
    this.#free.push(handle);
    if (this.#checked) {
      assert(
        contentHash(message) === this.#hashes[handle],
        `a message changed between send and delivery: ${JSON.stringify(message)}; send a copy`,
      );
    }
    return message;
  }
}
