import { expect, it } from 'vitest';
import { MESSAGE, TIMER } from '../../src/engine/events.ts';
import { Waiting } from '../../src/engine/waiting.ts';

it('what has waited leaves room for what comes', () => {
  const waiting = new Waiting(3);
  for (let i = 0; i < 64; i++) waiting.add(i % 2, MESSAGE, i, -i, i);
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 64; i < 100_000; i++) {
    const node = i % 2;
    if (!waiting.take(node) || waiting.from !== i - 64 || waiting.due !== i - 64) break;
    waiting.add(node, i % 3 === 0 ? TIMER : MESSAGE, i, -i, i);
  }
  expect(waiting.from).toBe(100_000 - 65);
  expect(waiting.word).toBe(65 - 100_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000);
  while (waiting.take(0) || waiting.take(1));
  expect([...waiting.messages]).toEqual([0, 0, 0]);
});
