import { describe, expect, it } from 'vitest';
import { DELIVERED, DUPLICATE, LOST } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { traffic } from '../../src/metrics/index.ts';
import { scenarioOf, swarm } from '../engine/support.ts';

/** Three nodes, two rumours; message = rumour, -1 = a message without a rumour. */
function small() {
  const meter = traffic<number>({ n: 3, rumours: 2, rumourOf: (message) => message });
  meter.onSend?.(0, 0, 1, 0, 100, 5);
  meter.onSend?.(0, 0, 2, 1, 30, LOST);
  meter.onSend?.(0, 1, 2, 1, 30, 5);
  meter.onSend?.(0, 2, 0, -1, 7, 5);
  meter.onMessage?.(5, 1, 0, 0);
  meter.onMessage?.(5, 0, 2, -1);
  meter.onFact?.(5, DUPLICATE, 1, 0);
  meter.onFact?.(5, DELIVERED, 0, 1);
  return meter;
}

describe('traffic', () => {
  it('counts copies and bytes in all', () => {
    expect(small().total()).toEqual({
      sent: 4,
      received: 2,
      lost: 1,
      duplicates: 1,
      bytesSent: 167,
      bytesLost: 30,
    });
  });

  it('leaves out the warm-up', () => {
    const meter = traffic({ n: 2, startMs: 1 });
    for (const now of [0, 999, 1000, 2000]) {
      meter.onSend?.(now, 0, 1, 0, 10, LOST);
      meter.onMessage?.(now, 1, 0, 0);
      meter.onFact?.(now, DUPLICATE, 1, 0);
    }
    const counted = { sent: 2, received: 2, lost: 2, duplicates: 2, bytesSent: 20, bytesLost: 20 };
    expect(meter.total()).toEqual(counted);
    expect(() => traffic({ n: 2, startMs: -1 })).toThrow('startMs must be a number at least 0');
  });

  it('counts per rumour, without the messages that carry none', () => {
    const meter = small();
    expect([0, 1].map((rumour) => meter.ofRumour(rumour).sent)).toEqual([1, 2]);
    expect([0, 1].map((rumour) => meter.ofRumour(rumour).received)).toEqual([1, 0]);
    expect([0, 1].map((rumour) => meter.ofRumour(rumour).bytesLost)).toEqual([0, 30]);
    expect([0, 1].map((rumour) => meter.ofRumour(rumour).duplicates)).toEqual([1, 0]);
  });

  it('gives mean and largest load of a node', () => {
    const meter = small();
    expect(meter.perNode('sent')).toEqual({ mean: 4 / 3, max: 2 });
    expect(meter.perNode('received')).toEqual({ mean: 2 / 3, max: 1 });
  });

  it('names the rumour that it does not count', () => {
    expect(() => small().ofRumour(2)).toThrow('traffic: rumour');
  });

  it('agrees with the balance that the engine keeps', () => {
    const meter = traffic<number>({ n: 40 });
    const outcome = simulate(scenarioOf({ ...swarm, observers: [meter] }));
    const { sent, received, lost, bytesSent, bytesLost } = meter.total();
    expect(outcome.traffic.lost).toBeGreaterThan(0);
    expect({ sent, received, lost, bytesSent, bytesLost }).toEqual({
      sent: outcome.traffic.sent,
      received: outcome.traffic.delivered,
      lost: outcome.traffic.lost,
      bytesSent: outcome.traffic.bytesSent,
      bytesLost: outcome.traffic.bytesLost,
    });
  });
});
