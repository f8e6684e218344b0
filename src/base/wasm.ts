/** WebAssembly, as far as hearsay uses it: small modules whose text is compiled at once, when it is first asked for. */

export const PAGE = 65536; // bytes of a page of WebAssembly memory

/** What of WebAssembly is used here, by JavaScript's own definition; neither lib.es2023 nor @types/node declares it. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
/** What a module has for its callers. */
export type Exports = Record<string, (...words: number[]) => number>;
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number; maximum?: number; shared?: boolean }) => WebAssemblyMemory;
  Instance: new (module: object, imports: object) => { exports: Exports };
}
export const wasm = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;

/**
 * A memory of WebAssembly reserves some 10 GiB of addresses, whatever its size: where addresses are limited (`ulimit -v`, as
 * batch systems set it) there may be none.
 */
function hasRoom(): boolean {
  try {
    return new wasm!.Memory({ initial: 1 }).buffer.byteLength > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The module of that text, compiled when it is first asked for, once per thread; null where it does not run. */
export function moduleOf(text: string): () => object | null {
  let compiled: object | null | undefined;
  return () => {
    if (compiled !== undefined) return compiled;
    const bytes = Buffer.from(text, 'base64');
    compiled = wasm?.validate(bytes) && hasRoom() ? new wasm.Module(bytes) : null;
    return compiled;
  };
}
