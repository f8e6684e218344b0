/**
 * The project's own draws in the orders in which they could show a flaw: as a run takes them, node after node, counter
 * after counter, and run after run. Each order goes on without an end, and repeats nothing for 2^32 draws of a lane.
 */
import { Stream } from '../../src/base/stream.ts';
import { block, threefry } from '../../src/base/threefry.ts';

/** Fills all words with the next ones of the order. */
export type Fill = (words: Uint32Array) => void;

const WORD = 2 ** 32;

/**
 * A thousand nodes, one after another as their timers come due, a second apart: each draws a peer (`word`), the coin of
 * the message (`draw`) and its latency (`draw`), of three streams. Of a draw, which has 52 bits, the first 32 are tested.
 */
function run(seed: string): Fill {
  const n = 1000;
  const peers = new Stream(seed, 'peers', n);
  const coins = new Stream(seed, 'loss', n);
  const latencies = new Stream(seed, 'latency', n);
  const phases = new Stream(seed, 'phase', n);
  const phase = Float64Array.from({ length: n }, (_, node) => phases.draw(node));
  const nodes = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => phase[a] - phase[b]);
  let turn = 0; // in `nodes`
  let draw = 0; // of the node
  return (words) => {
    for (let i = 0; i < words.length; i++) {
      const node = nodes[turn];
      if (draw === 0) words[i] = peers.word(node);
      else words[i] = Math.floor((draw === 1 ? coins : latencies).draw(node) * WORD);
      if (++draw < 3) continue;
      draw = 0;
      if (++turn === n) turn = 0;
    }
  };
}

const LANES = 2 ** 20;

/** A lane's counters first: 2^15 draws of a lane, then the next lane's. */
function lanesMajor(seed: string): Fill {
  const stream = new Stream(seed, 'lanes', LANES);
  const perLane = 2 ** 15;
  let lane = 0;
  let taken = 0;
  return (words) => {
    for (let i = 0; i < words.length; i++) {
      words[i] = stream.word(lane);
      if (++taken < perLane) continue;
      taken = 0;
      lane = (lane + 1) % LANES;
    }
  };
}

/** A counter's lanes first: one draw of each of 2^20 lanes, then their next. */
function countersMajor(seed: string): Fill {
  const stream = new Stream(seed, 'counters', LANES);
  let lane = 0;
  return (words) => {
    for (let i = 0; i < words.length; i++) {
      words[i] = stream.word(lane);
      lane = (lane + 1) % LANES;
    }
  };
}

/** Replicates: 1024 draws under one seed, 64 of each of 16 lanes, then as many under the next. */
function seeds(seed: string): Fill {
  const lanes = 16;
  const perSeed = 1024;
  let replicate = 0;
  let taken = perSeed;
  let stream: Stream;
  return (words) => {
    for (let i = 0; i < words.length; i++) {
      if (taken === perSeed) {
        stream = new Stream(`${seed}/${replicate++}`, 'peers', lanes);
        taken = 0;
      }
      words[i] = stream.word(taken++ % lanes);
    }
  };
}

/** Both words of each block, of which `draw` takes 26 bits each: the generator alone, under one key. */
function blocks(seed: string): Fill {
  const key = new Stream(seed, 'blocks', 1);
  const [key0, key1] = [key.word(0), key.word(0)];
  let lane = 0;
  let counter = 0;
  return (words) => {
    for (let i = 0; i + 1 < words.length; i += 2) {
      threefry(key0, key1, lane, counter);
      words[i] = block[0];
      words[i + 1] = block[1];
      if (++lane < 1000) continue;
      lane = 0;
      counter++;
    }
  };
}

/** No draws of ours: a linear congruential generator modulo 2^32, which a battery must refuse. */
function control(): Fill {
  let x = 1;
  return (words) => {
    for (let i = 0; i < words.length; i++) words[i] = x = (Math.imul(x, 1664525) + 1013904223) | 0;
  };
}

export const orders: Readonly<Record<string, (seed: string) => Fill>> = {
  run,
  'lanes-major': lanesMajor,
  'counters-major': countersMajor,
  seeds,
  blocks,
  control,
};
