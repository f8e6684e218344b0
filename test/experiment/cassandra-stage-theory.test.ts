import { describe, expect, it } from 'vitest';
import {
  backlogPerSecond,
  messagesPerSecond,
  saturationSec,
} from '../../src/experiment/cassandra-stage-theory.ts';

describe('load of a gossip stage', () => {
  it('is three messages a second and a little more, and saturates at a third of a second', () => {
    expect(messagesPerSecond(1.03)).toBeCloseTo(3.03, 12);
    expect(saturationSec(1)).toBeCloseTo(1 / 3, 12);
  });

  it('has a backlog that begins at saturation and ends at all that comes by itself', () => {
    const full = saturationSec(1.03);
    expect(backlogPerSecond(full, 1.03)).toBe(0);
    expect(backlogPerSecond(full * 1.001, 1.03)).toBeLessThan(0.01);
    expect(backlogPerSecond(1e9, 1.03)).toBeCloseTo(2.03, 3);
  });
});
