/** Answers about small scenarios that were found by drawing: each once said what its chronicle contradicts. */
import { expect, it } from 'vitest';
import { explain, questionOf } from '../../../../src/experiment/scenario/explain/index.ts';
import { loadScenario } from '../../../../src/experiment/scenario/index.ts';
import { MISSED } from '../../../../src/metrics/chronicle/index.ts';

function answered(text: string, what: string, by?: string) {
  const { scenario } = loadScenario(text, 'drawn.yaml', []);
  const question = questionOf({ what, by, when: undefined }, Number(scenario.values.nodes));
  const { ground, explanation } = explain(scenario, 'drawn', 0, question);
  const texts = [...explanation.answer, ...explanation.steps.map((step) => step.text)];
  return { ground, explanation, said: texts.join('\n') };
}

const DOWN = `
nodes: 6
duration: 8s
protocol: swim
latency: 100ms
faults: [{ fault: crash, nodes: [3], at: 2050ms }]`;

it('knows a message that comes when its receiver is down from one that waits there', () => {
  const { ground } = answered(DOWN, 'suspected 3');
  const { what, cause, at, length } = ground.chronicle;
  const missed = Array.from({ length }, (_, i) => i).filter((i) => what[i] === MISSED);
  const sent = missed.map((i) => cause[i]);
  expect(sent.some((i) => at[i] < 2.05e6)).toBe(true); // under way when it went down
  for (const i of sent) expect(ground.fate(i)).toContain('which is down since 2.05 s');
});

it('does not count as heard in time what comes to a node that is down later', () => {
  const { ground } = answered(DOWN, 'suspected 3');
  const { what, cause, at, length } = ground.chronicle;
  for (let i = 0; i < length; i++) {
    if (what[i] !== MISSED) continue;
    expect(ground.outcome(cause[i], at[i])).toBe('came while 3 was down');
    expect(ground.outcome(cause[i], at[i] - 1)).toBe('still under way');
  }
});

it('says when nobody has heard news of a node', () => {
  const alone = answered(
    '{ nodes: 4, duration: 2s, protocol: direct-heartbeats, detector: { name: timeout, timeoutMs: 5s }, faults: [{ fault: crash, nodes: [1], at: 1s }] }',
    'not-dead 1',
    '1',
  );
  expect(alone.said).not.toContain('Infinity');
  expect(alone.said).toContain('1 heard no news of it in this run');
});

it('lays a loss on the full queue of an uplink where there is no other', () => {
  const text = `
nodes: 6
duration: 20s
protocol: { name: push }
bandwidth: { rate: 1B/s, queue: 60B }`;
  const { said } = answered(text, 'unreached 1 of 0');
  expect(said).toContain('lost at the full queue of');
  expect(said).not.toContain('by chance');
});

it('does not say that nobody told a rumour that others know', () => {
  const text = `
nodes: 8
duration: 20s
protocol: { name: cassandra, version: '4.1' }
loss: 0.9
workload: [{ do: publish, at: 1s }]`;
  let missing = 0;
  for (let node = 0; node < 8; node++) {
    const { explanation, said } = answered(text, `unreached ${node} of 0`);
    if (!explanation.happened) continue;
    missing++;
    expect(said).not.toContain('obody told it to anybody');
    expect(said).toMatch(/may have told it|sent \d+ messages/);
  }
  expect(missing).toBeGreaterThan(0);
});

it('does not lay a long silence on a short pause', () => {
  const text = `
nodes: 3
duration: 20s
protocol: { name: heartbeat, failMs: 4s }
loss: 0.95
faults: [{ fault: pause, nodes: [1], at: 50ms, lasts: 100ms }]`;
  const { explanation, said } = answered(text, 'suspected 1');
  expect(explanation.happened).toBe(true);
  expect(said).not.toContain('told nobody that it lives');
});

it('knows the wait for an echo from a conviction', () => {
  const text = `
nodes: 6
duration: 2m
protocol: { name: cassandra, version: '4.1' }
faults: [{ fault: crash, nodes: [2], at: 60s, lasts: 5s }]`;
  const { said } = answered(text, 'dead 2');
  expect(said).toContain(
    '2 had started again: whoever hears of it holds it to be DOWN until it answers an echo',
  );
  expect(said).not.toContain('phi is above');
});
