/** The desk, at the bottom of the memory: where what is known of the event that was taken out last is read. core.ts */

export const TIME: usize = 64; // now; 0 before the first event
export const FROM: usize = 72;
export const WORD: usize = 76;
export const COMING: usize = 80; // of how many events the nodes are known that come next; set when they are others
