/**
 * Messages in flight that are not small integers, by handle. In checked mode each is hashed when it is stored and again
 * when it is taken out, so that whoever sends a live row by mistake is caught.
 */
import { assert } from '../base/errors.ts';

/** A hash of a message's content: numbers, strings, arrays, typed arrays and plain objects, however nested. */
export function contentHash(value: unknown): number {
  const text = JSON.stringify(value, (_, v) => (ArrayBuffer.isView(v) ? viewHash(v) : v)) ?? '';
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return h;
}

/** A typed array can be all that a node knows: its bytes are hashed as they are, not as text. */
function viewHash({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const isWhole = byteOffset % 4 === 0 && byteLength % 4 === 0;
  const words = isWhole
    ? new Int32Array(buffer, byteOffset, byteLength / 4)
    : new Uint8Array(buffer, byteOffset, byteLength);
  let h = 0;
  for (let i = 0; i < words.length; i++) h = (Math.imul(h, 31) + words[i]) | 0;
  return `${byteLength} ${h}`;
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
      const isSame = contentHash(message) === this.#hashes[handle];
      assert(isSame, isSame ? '' : changed(message));
    }
    return message;
  }
}

const changed = (message: unknown): string =>
  `a message changed between send and delivery: ${JSON.stringify(message)}; send a copy`;
