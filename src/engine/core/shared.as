/** What the core and TypeScript each know by a constant of its own. A test holds them together: shared.test.ts. */

// The desk, where what is known of the event that was taken out last is read: addresses. core.ts
export const TIME: usize = 64; // now; 0 before the first event
export const FROM: usize = 72;
export const WORD: usize = 76;
export const COMING: usize = 80; // of how many events the nodes are known that come next; set when they are others
export const MOST_COMING: i32 = 4096;

// What `next` returns instead of an event. core.ts
export const QUIET: i32 = -1;
export const LATE: i32 = -2;

// The first word of an event: a kind, and above it a node. agenda.ts, events.ts
export const KIND_BITS: i32 = 4;
export const ROUND: i32 = 2;
export const TIMER: i32 = 3;
export const LOSS: i32 = 7;

export const LANE_BITS: usize = 4; // from a node's count in a stream to the next node's, in bytes. streams.ts
export const LOST: f64 = Infinity; // model.ts
export const MOST_DELAY: f64 = 4503599627370496; // 2^52. latency.ts
export const LAST: f64 = 9007199254740991; // the last time there is. heap-agenda.ts
export const MOST_PAGES: i32 = 65535; // core.ts, build-kernel.mjs
