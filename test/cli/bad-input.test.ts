/** Whatever is wrong with the input: one sentence on stderr, exit code 2, nothing on stdout, nothing written. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, fixture, hearsay } from './hearsay.ts';

const TINY = fixture('tiny');
const RUN_OPTIONS =
  '--quick, --seed, --replicates, --set, --reference, --jobs, --redis, --out, --fresh, --shard, --dry-run, --format';
const VERBS =
  'list, run, simulate, sweep, compare, find, tune, hunt, explain, trace, replay, plot, report, schema, collect, export, cluster, worker, reproduce, detect, bench, completion';
const PUSH = fileURLToPath(new URL('../../experiments/scenarios/push.yaml', import.meta.url));
const LOG = fileURLToPath(new URL('../../experiments/data/heartbeats.csv', import.meta.url));

test.concurrent.each([
  [['rn'], `hearsay: there is no verb "rn". Did you mean run? Known: ${VERBS}`],
  [['--quick', 'run'], `hearsay: a verb comes first (${VERBS}); found --quick`],
  [
    ['list', 'suits'],
    'list: there is no list "suits". Did you mean suites? Known: experiments, suites, protocols, detectors',
  ],
  [['list', '--format', 'xml'], 'list: --format must be table or json; got "xml"'],
  [
    ['run', TINY, '--quik'],
    `run: there is no option --quik. Did you mean --quick? Known: ${RUN_OPTIONS}`,
  ],
  [['run', TINY, '-x'], `run: there is no option -x. Known: ${RUN_OPTIONS}`],
  [['run', TINY, '--quick=yes'], 'run: --quick is a switch and takes no value'],
  [['run', TINY, '--jobs', 'abc'], 'run: --jobs must be a whole number; got "abc"'],
  [
    ['run', TINY, '--jobs', '1', '--jobs', '0'],
    'run: --jobs must be a whole number in 1..1024; got 0',
  ],
  [['run', TINY, '--jobs'], 'run: --jobs needs a value (N)'],
  [
    ['run', TINY, '--replicates', '0'],
    'run: --replicates must be a whole number in 1..1000000000; got 0',
  ],
  [
    ['run', TINY, '--replicates', '-3'],
    'run: --replicates must be a whole number in 1..1000000000; got -3',
  ],
  [
    ['run', TINY, '--replicates', '2.5'],
    'run: --replicates must be a whole number in 1..1000000000; got 2.5',
  ],
  [['run', TINY, '--seed', ''], 'run: --seed needs a value (TEXT)'],
  [['run', TINY, '--out', ''], 'run: --out needs a value (DIR)'],
  [['run', TINY, '--set'], 'run: --set needs a value (AXIS=V1,V2)'],
  [['run', TINY, '--set', 'n'], 'run: --set must be axis=value or axis=value,value,...; got "n"'],
  [['run', TINY, '--set', 'n='], 'run: --set must be axis=value or axis=value,value,...; got "n="'],
  [
    ['run', TINY, '--set', 'n=1', '--set', 'n=2'],
    'run: --set n is given twice; write all its values in one',
  ],
  [['run', TINY, '--set', 'm=1'], 'tiny: there is no axis "m". Did you mean n? The axes are n'],
  [['run', TINY, '--set', 'n=many'], 'tiny: axis n takes finite numbers; got "many"'],
  [
    ['run', TINY, '--shard', '3/2'],
    'run: --shard must be K/N with K in 1..N, as in 2/8, and N at most 100000; got "3/2"',
  ],
  [
    ['run', TINY, '--shard', '2'],
    'run: --shard must be K/N with K in 1..N, as in 2/8, and N at most 100000; got "2"',
  ],
  [
    ['collect'],
    'collect: name the folder of results, the --out of the shards, as in hearsay collect results',
  ],
  [
    ['collect', 'nothing'],
    'collect: there are no shards in nothing; hearsay run NAME --shard 1/2 --out nothing would put some there',
  ],
  [
    ['collect', 'nothing', 'copy'],
    'collect: there is no folder copy; name copies of the --out of shards',
  ],
  [
    ['report'],
    'report: there are no results in results or results/quick; hearsay run writes them, or name their folder',
  ],
  [['report', 'nowhere'], 'report: there is no folder nowhere'],
  [['report', PUSH], `report: ${PUSH} is a file; name a folder of results`],
  [['report', '--out', '.'], 'report: --out . is a folder; name a file, such as report.html'],
  [['reproduce'], 'reproduce: results holds no results; hearsay run writes them'],
  [['reproduce', 'tiny'], 'reproduce: there are no results of "tiny" in results. Known: none'],
  [['reproduce', '--jobs', '0'], 'reproduce: --jobs must be a whole number in 1..1024; got 0'],
  [['detect'], 'detect: name one log, as in hearsay detect heartbeats.csv; got none'],
  [['detect', 'nowhere.csv'], 'detect: there is no file nowhere.csv'],
  [
    ['detect', LOG, '--time', 'when'],
    `${LOG}: expected a header with the column "when"; found "time", "observer", "subject", "sequence": --time NAME says which column it is`,
  ],
  [['simulate'], 'simulate: name one scenario file, as in hearsay simulate cluster.yaml; got none'],
  [
    ['compare'],
    'compare: name two scenario files, as in hearsay compare a.yaml b.yaml, or one with --b-set protocol.fanout=2; got none',
  ],
  [
    ['compare', 'a.yaml'],
    'compare: say what a.yaml is compared with: another file, or what is changed, as in --b-set protocol.fanout=2',
  ],
  [['compare', 'a.yaml', 'nowhere.yaml'], 'compare: there is no file a.yaml'],
  [['compare', PUSH, '--b-set', 'los=0'], '--b-set los: "los" is not known here; nearest: loss.'],
  [
    ['find', PUSH, '--axis', 'los=0..1', '--where', 'to_99_ms < 5s'],
    '--axis los: "los" is not known here; nearest: loss.',
  ],
  [['sweep', PUSH, '--over', 'los=0,1'], '--over los: "los" is not known here; nearest: loss.'],
  [['find', 'a.yaml'], 'find: say what is searched, as in --axis loss=0..0.5'],
  [
    ['find', PUSH, '--axis', 'loss=0..1', '--where', 'to_98_ms < 5s'],
    'find: --where: to_98_ms is not measured here. Did you mean to_99_ms? Measured: reached_all, unreached_frac, to_half_ms, to_99_ms, to_all_ms, sent_per_node_s, bytes_per_node_s, bytes_busiest_node_s, lost_frac',
  ],
  [
    ['explain', PUSH],
    "explain: say what to explain, as in --what 'dead 88' or --what 'unreached 12 of 3'",
  ],
  [
    ['explain', PUSH, '--what', 'ded 8'],
    `explain: --what "ded 8" is no question. Did you mean 'dead 88'? Known: 'dead 88', 'suspected 88', 'not-dead 88', 'reached 12 of 3', 'unreached 12 of 3'`,
  ],
  [
    ['explain', PUSH, '--what', 'dead 8'],
    "explain: push holds no node to be dead; ask 'reached NODE of RUMOUR' or 'unreached NODE of RUMOUR'",
  ],
  [
    ['explain', PUSH, '--what', 'unreached 8 of 7'],
    "explain: --what must name a rumour of this run, 0, as in 'unreached 12 of 0'; got 7",
  ],
  [
    ['explain', PUSH, '--what', 'reached 8', '--out', 'why.gif'],
    'explain: --out must end in .svg or .png; got "why.gif"',
  ],
  [
    ['simulate', PUSH, '--draw', '--format', 'json'],
    'simulate: --draw goes with the table; got --format json',
  ],
  [['tune', PUSH], 'tune: say what is varied, as in --over protocol.threshold=5..16'],
  [
    ['tune', PUSH, '--over', 'protocol.fanout=1..3', '--prefer', 'to_all_ms'],
    'tune: --prefer: "to_all_ms" is not minimised here. Did you mean to_99_ms? Known: to_99_ms, unreached_frac, bytes_per_node_s',
  ],
  [
    ['plot'],
    'plot: name one CSV file, as in hearsay plot rows.csv --x n --y t99_ms, or figures that end in .vl.json; got none',
  ],
  [['plot', LOG], 'plot: --x names a column, as in --x n --y t99_ms; it is not given'],
  [
    ['plot', LOG, '--x', 'tim', '--y', 'sequence'],
    `plot: --x: ${LOG} has no column "tim". Did you mean time? Its columns: time, observer, subject, sequence`,
  ],
  [
    ['plot', LOG, '--x', 'time', '--y', 'sequence', '--out', 'a.jpg'],
    'plot: --out must end in .svg, .png, .pdf, .vl.json, or be a folder; got "a.jpg"',
  ],
  [
    ['plot', LOG, '--x', 'time', '--y', 'sequence', '--formats', 'svg,eps'],
    'plot: --formats must be "svg" or "png" or "pdf" or "vl.json"; got "eps"',
  ],
  [
    ['plot', LOG, '--x', 'time', '--y', 'sequence', '--where', 'subject'],
    'plot: --where must be COLUMN=VALUE, as in loss=0.1; got "subject"',
  ],
  [['plot', 'nowhere.csv', '--x', 'a', '--y', 'b'], 'plot: there is no file nowhere.csv'],
  [
    ['plot', 'a.vl.json', '--x', 'a'],
    'plot: --x is for CSV files; a.vl.json is a figure already: --bare, --out and --formats go with it',
  ],
  [
    ['plot', 'a.vl.json', 'b.vl.json', '--out', 'c.pdf'],
    'plot: --out c.pdf is one file, but there are several figures; name a folder',
  ],
  [['bench', '--size', 'huge'], 'bench: --size must be full or smoke; got "huge"'],
  [['completion', 'fish'], 'completion: the shell must be bash or zsh; got fish'],
] as const)('%j', async (words, sentence) => {
  const cwd = emptyFolder();
  expect(await hearsay(words, { cwd })).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  expect(readdirSync(cwd)).toEqual([]);
});

test.concurrent('run without a name says what to name', async () => {
  const { code, stderr } = await hearsay(['run']);
  expect(code).toBe(2);
  expect(stderr).toBe(
    'run: name at least one experiment or suite, as in hearsay run tour; hearsay list shows them\n',
  );
});

test.concurrent('an unknown experiment is answered with the nearest name', async () => {
  const { code, stderr } = await hearsay(['run', 'fanot']);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^run: there is no experiment or suite "fanot"\. Did you mean fanout\? Known: tour, cassandra, order, all, .*\n$/,
  );
});

test.concurrent('a module that is not there is named', async () => {
  const { code, stderr } = await hearsay(['run', './nowhere.mjs']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^there is no experiment file ".*nowhere\.mjs"\n$/);
});

test.concurrent('an output folder that is a file is refused', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'taken'), 'mine');
  const { code, stdout, stderr } = await hearsay(['run', TINY, '--out', 'taken'], { cwd });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe('run: --out taken is a file; choose a folder\n');
});

test.concurrent('a folder under a file is refused', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'taken'), 'mine');
  const { code, stderr } = await hearsay(['run', TINY, '--out', 'taken/deep'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^run: --out taken\/deep cannot be written \(ENOTDIR.*\); choose another folder\n$/,
  );
});

test.concurrent('damaged results are not overwritten', async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'out', 'tiny'), { recursive: true });
  writeFileSync(join(cwd, 'out', 'tiny', 'run.json'), '{"experiment":');
  const { code, stderr } = await hearsay(['run', TINY, '--out', 'out'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^out\/tiny\/run\.json is damaged: it is not JSON; .*\n$/);
  expect(readdirSync(join(cwd, 'out', 'tiny'))).toEqual(['run.json']);
});
