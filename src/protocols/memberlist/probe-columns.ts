/** The probe under way at each member: one at most. */

export const IDLE = 0;
export const SENDING = 1; // the ping waits at a node that stalls
export const PINGED = 2;
export const ASKING = 3; // the requests do
export const ASKED = 4;

export class ProbeColumns {
  readonly stage: Uint8Array; // [node]
  readonly seq: Int32Array; // [node]
  readonly target: Int32Array; // [node]
  readonly incarnation: Int32Array; // [node] of the target, as known at its start
  readonly deadline: Float64Array; // [node]
  readonly timeout: Float64Array; // [node] of the direct ping
  readonly isOver: Uint8Array; // [node] 1: the deadline has passed, acks come too late
  readonly isAcked: Uint8Array; // [node]
  readonly isSaved: Uint8Array; // [node] 1: the target has answered on a connection
  readonly asked: Uint8Array; // [node] how many members are asked
  readonly askedSoFar: Uint8Array; // [node] of them, where it stalls meanwhile
  readonly nacks: Uint8Array; // [node]
  readonly relays: Int32Array; // [node * k + i] who is asked
  readonly holdsTick: Uint8Array; // [node] 1: the next probe begins at once
  readonly lastTick: Float64Array; // [node]

  /** @param k members that are asked */
  constructor(n: number, k: number) {
    this.stage = new Uint8Array(n);
    this.seq = new Int32Array(n);
    this.target = new Int32Array(n);
    this.incarnation = new Int32Array(n);
    this.deadline = new Float64Array(n);
    this.timeout = new Float64Array(n);
    this.isOver = new Uint8Array(n);
    this.isAcked = new Uint8Array(n);
    this.isSaved = new Uint8Array(n);
    this.asked = new Uint8Array(n);
    this.askedSoFar = new Uint8Array(n);
    this.nacks = new Uint8Array(n);
    this.relays = new Int32Array(n * k);
    this.holdsTick = new Uint8Array(n);
    this.lastTick = new Float64Array(n).fill(-1);
  }
}
