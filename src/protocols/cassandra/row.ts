/** 32-bit numbers in a row that grows. */
export class Row {
  #words = new Int32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  add3(a: number, b: number, c: number): void {
    const at = this.#room(3);
    this.#words[at] = a;
    this.#words[at + 1] = b;
    this.#words[at + 2] = c;
  }

  add5(a: number, b: number, c: number, d: number, e: number): void {
    const at = this.#room(5);
    this.#words[at] = a;
    this.#words[at + 1] = b;
    this.#words[at + 2] = c;
    this.#words[at + 3] = d;
    this.#words[at + 4] = e;
  }

  copy(): Int32Array {
    return this.#words.slice(0, this.#length);
  }

  #room(words: number): number {
    const at = this.#length;
    this.#length += words;
    if (this.#length > this.#words.length) {
      const wider = new Int32Array(2 * this.#words.length);
      wider.set(this.#words);
      this.#words = wider;
    }
    return at;
  }
}
