/** Captures, read by Wireshark's tshark. Where it is not installed these tests are skipped. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOST } from '../../../src/engine/model.ts';
import { type Chronicle, NO_CAUSE, SENT } from '../../../src/metrics/chronicle/index.ts';
import { bytesOf, chronicleFrom, SWIM } from './runs.ts';

const IS_THERE = spawnSync('tshark', ['--version']).status === 0;

/** One message of each size, the last one lost. */
function ofSizes(sizes: readonly number[]): Chronicle {
  const one = chronicleFrom('nodes: 2\nduration: 1s\nprotocol: push\n');
  const { length } = sizes;
  const times = Float64Array.from(sizes, (_, i) => 1_234_567 * (i + 1));
  return {
    ...{ n: one.n, length, end: times[length - 1], at: times },
    what: new Uint8Array(length).fill(SENT),
    node: new Int32Array(length),
    other: new Int32Array(length).fill(1),
    word: new Int32Array(length),
    cause: new Int32Array(length).fill(NO_CAUSE),
    arrives: times.map((time, i) => (i === length - 1 ? LOST : time)),
    bytes: Int32Array.from(sizes),
    words: ['PING 1'],
  };
}

describe.skipIf(!IS_THERE)('tshark', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hearsay-pcap-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function read(chronicle: Chronicle, ...words: string[]): Promise<string> {
    const file = join(folder, 'run.pcap');
    writeFileSync(file, await bytesOf(chronicle, 'pcap'));
    const checks = ['-o', 'udp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
    const { stdout, status } = spawnSync('tshark', ['-n', '-r', file, ...checks, ...words]);
    expect(status).toBe(0);
    return stdout.toString();
  }

  it('finds as many bytes between two nodes as they sent each other, and nothing wrong', async () => {
    const chronicle = chronicleFrom(SWIM);
    const { what, node, other, bytes, arrives } = chronicle;
    const sent = Array.from(what.keys()).filter((i) => what[i] === SENT);
    const pairs = new Map<string, number>();
    for (const i of sent) {
      const [a, b] = [node[i], other[i]].sort();
      pairs.set(`${a} ${b}`, (pairs.get(`${a} ${b}`) ?? 0) + bytes[i]);
    }
    const table = await read(chronicle, '-q', '-z', 'conv,ip');
    const told = [
      ...table.matchAll(/^10\.0\.0\.(\d+) +<-> 10\.0\.0\.(\d+) .*? (\d+) bytes +\d+\.\d+ /gm),
    ];
    const found = told.map(([, a, b, total]) => [
      [Number(a) - 1, Number(b) - 1].sort().join(' '),
      Number(total),
    ]);
    expect(new Map(found as [string, number][])).toEqual(pairs);
    const lost = await read(
      chronicle,
      '-Y',
      'ip.dsfield.dscp == 1',
      '-T',
      'fields',
      '-e',
      'frame.number',
    );
    expect(lost.trim().split('\n').length).toBe(sent.filter((i) => arrives[i] === LOST).length);
    const wrong = 'ip.checksum.status != "Good" || udp.checksum.status != "Good" || _ws.expert';
    expect(await read(chronicle, '-Y', wrong)).toBe('');
  });

  it('takes packets of any size, with their time to the nanosecond', async () => {
    const chronicle = ofSizes([0, 28, 1500, 1501, 65_535, 65_536, 300_000]);
    const fields = ['frame.len', 'ip.len', 'frame.time_epoch'].flatMap((name) => ['-e', name]);
    const text = await read(chronicle, '-T', 'fields', '-E', 'separator=/s', ...fields);
    expect(text.trim().split('\n')).toEqual([
      '28 28 1.234567000',
      '28 28 2.469134000',
      '1500 1500 3.703701000',
      '1501 1501 4.938268000',
      '65535 65535 6.172835000',
      '65536 65536 7.407402000',
      '300000 300000 8.641969000',
    ]);
    expect(await read(chronicle, '-Y', '_ws.malformed || ip.checksum.status != "Good"')).toBe('');
  });
});
