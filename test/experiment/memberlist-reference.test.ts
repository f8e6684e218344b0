import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { product } from '../../src/experiment/grid.ts';
import { memberlistReference } from '../../src/experiment/memberlist-reference.ts';
import { DIST } from '../../src/experiment/package.ts';
import { loadModule, referenced } from '../../src/experiment/registry.ts';

const root = mkdtempSync(join(tmpdir(), 'hearsay-reference-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(root, `${folders++}`);
  mkdirSync(folder);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return folder;
}

const NEWS =
  'exp,variant,clock,transport,n,trial,targets,reached,t_first_ms,t_mean_ms,t50_ms,t90_ms,t99_ms,t_last_ms,seed_or_leave_call_ms\n';
const SLOW =
  'clock,exp,n,c,d_ms,i_ms,dur_s,aw_max,smax_mult,smult,tcp_ping,push_pull,trial,fp,suspect_origins_healthy,suspect_origins_healthy_by_healthy,suspect_origins_slow,suspect_transitions,dead_slow,mean_health_healthy,mean_health_slow,pkts\n';

describe('our own measurements', () => {
  const { configurations, leftOut } = memberlistReference();

  it('are read as they were printed', () => {
    expect(leftOut).toEqual([]);
    const kinds = configurations.map(({ place }) => place.kind);
    expect(new Set(kinds).size).toBe(6);
    const crash = configurations.find(
      ({ place }) => place.kind === 'crash' && place.n === 16 && place.setup === 'base',
    )!;
    expect(crash.columns.get('first_ms')!.length).toBe(100);
    expect(crash.columns.get('timeout_ms')![0]).toBe(876.1);
    expect(crash.observers.samples).toBe(1500);
    expect(crash.observers.ms.get(1)).toBe(5859);
    expect(crash.health.get(2)).toEqual({ running: 100, unwell: 1.1, sum: 2.2, max: 1.42 });
  });

  it('pool runs of one configuration', () => {
    const slow = configurations.filter(({ place }) => place.kind === 'slow');
    expect(slow.length).toBe(12);
    const full = slow.find(({ place }) => place.setup === 'Lifeguard' && place.blocked_s === 2)!;
    expect(full.columns.get('by_slow')!.length).toBe(8);
    expect(full.lengthS).toBe(120);
  });
});

describe('another folder', () => {
  it('may hold other configurations', () => {
    const { configurations } = memberlistReference(
      folderOf({
        'dissemination.csv': `${NEWS}update,lat200,virtual,sim,128,0,127,126,1,2,3,4,5,6,0\nleave,base,real,udp,8,0,7,7,1,2,3,4,5,6,9\n`,
        'slow.csv': `${SLOW}virtual,slow,32,2,512,64,60,4,3,5,false,true,0,0,9,1,4,50,0,0.1,0.2,1920\n`,
      }),
    );
    const [update, leave, slow] = configurations;
    expect(update.place).toMatchObject({ kind: 'update', n: 128, setup: 'lat200' });
    expect(update.columns.get('missed')).toEqual([1]);
    expect(leave.place.setup).toBe('base, real clock, UDP');
    expect(leave.cluster).toMatchObject({ onRealClock: true, latencyMs: 0.1 });
    expect(leave.columns.get('call_ms')).toEqual([9]);
    expect(slow.place).toMatchObject({ blocked: 2, blocked_s: 0.512 });
    expect(slow.place.setup).toBe(
      'awareness below 4, longest suspicion 3 shortest, suspicion mult 5, no stream ping, push/pull, open 0.064 s, 60 s long',
    );
    expect(slow.cluster.changes).toEqual({
      awarenessMax: 4,
      suspicionMaxMult: 3,
      suspicionMult: 5,
      pushPullIntervalMs: 30_000,
    });
    expect(slow.columns.get('by_slow')).toEqual([8]);
    expect(slow.columns.get('packets_per_s')).toEqual([1]);
  });

  it('says what it leaves out', () => {
    const { configurations, leftOut } = memberlistReference(
      folderOf({
        'dissemination.csv': `${NEWS}update,base,virtual,sim,8,0,7,7,1,2,3,4,5,6,0\nupdate,odd,virtual,sim,8,0,7,7,1,2,3,4,5,6,0\n`,
      }),
    );
    expect(configurations.length).toBe(1);
    expect(leftOut).toEqual([
      'dissemination.csv has update, odd, virtual, sim, which we do not know: 1 rows left out.',
    ]);
  });

  it.each([
    ['is not there', undefined, /there is no reference folder/],
    ['holds no table of ours', { 'x.csv': '' }, /holds none of the files dissemination.csv,/],
    ['has an empty table', { 'slow.csv': '' }, /slow.csv is empty; its first line must name/],
    [
      'lacks a column',
      { 'dissemination.csv': NEWS.replace(',t_last_ms', '') },
      /dissemination.csv lacks the column t_last_ms; it has exp, variant,/,
    ],
    [
      'has a line cut off',
      { 'dissemination.csv': `${NEWS}update,base,virtual,sim,8,0,7` },
      /dissemination.csv, line 2 has 7 fields; its head names 15 columns/,
    ],
    [
      'has a word for a number',
      { 'dissemination.csv': `${NEWS}update,base,virtual,sim,8,0,7,7,early,2,3,4,5,6,0` },
      /line 2: t_first_ms must be a number; got "early"/,
    ],
    [
      'has half a member',
      { 'dissemination.csv': `${NEWS}update,base,virtual,sim,8.5,0,7,7,1,2,3,4,5,6,0` },
      /line 2: n must be a whole number of at least 2; got "8.5"/,
    ],
    [
      'has neither true nor false',
      {
        'slow.csv': `${SLOW}virtual,slow,32,2,512,64,60,4,3,5,maybe,true,0,0,9,1,4,50,0,0.1,0.2,1920\n`,
      },
      /line 2: tcp_ping must be true or false; got "maybe"/,
    ],
    [
      'holds nothing that we know',
      { 'dissemination.csv': `${NEWS}update,odd,virtual,sim,8,0,7,7,1,2,3,4,5,6,0\n` },
      /holds nothing that can be compared. dissemination.csv has update, odd/,
    ],
  ])('is refused if it %s', (_, files, message) => {
    const folder = files === undefined ? join(root, 'nowhere') : folderOf(files as never);
    expect(() => memberlistReference(folder)).toThrow(UserError);
    expect(() => memberlistReference(folder)).toThrow(message);
  });
});

const built = (name: string) => loadModule(join(DIST, 'experiments', `${name}.js`));

describe('the experiment', () => {
  it('runs every configuration of the folder, and no other', async () => {
    const own = await built('memberlist-validation');
    const other = own.withReference!(
      folderOf({
        'dissemination.csv': `${NEWS}update,lat200,virtual,sim,128,0,127,126,1,2,3,4,5,6,0\n`,
        'slow.csv': `${SLOW}virtual,slow,32,2,512,1000,120,8,6,4,true,false,0,0,9,1,4,50,0,0.1,0.2,1920\n`,
      }),
    );
    const { grid, where, fixed } = other;
    expect(grid).toEqual({
      ...{ kind: ['update', 'slow'], n: [32, 128], setup: ['lat200', 'Lifeguard'] },
      ...{ loss_frac: [0], blocked: [0, 2], blocked_s: [0, 0.512] },
    });
    const cells = product(grid).filter((cell) => where!(cell));
    expect(cells.map(({ kind, n }) => [kind, n])).toEqual([
      ['update', 128],
      ['slow', 32],
    ]);
    expect(fixed.reference_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(own.fixed.reference_sha256).toBeUndefined();
  });

  it('is the only one that knows what to do with one', async () => {
    const fanout = await built('fanout');
    expect(() => referenced(fanout, 'folder')).toThrow(
      'fanout is held against nothing that was measured elsewhere, so --reference means nothing to it',
    );
    expect(referenced(fanout, undefined)).toBe(fanout);
  });
});
