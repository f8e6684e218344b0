/** `hearsay detect`: the failure detectors, held against the heartbeats of a real log. */
import { UserError } from '../base/errors.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';

const column = (role: string, otherwise: string) =>
  ({
    kind: 'text',
    value: 'NAME',
    describe: `the column that holds ${role} (default: ${otherwise})`,
  }) as const;

export const detect: Verb = {
  name: 'detect',
  summary: 'Run every failure detector over a log of heartbeats: mistakes against speed.',
  words: { name: 'log', describe: 'a CSV file with a header and a row per heartbeat received' },
  options: {
    time: column('the time of arrival: numbers, or ISO 8601 dates (UTC if no zone)', 'time'),
    observer: column('who heard it', 'observer, if there is one'),
    subject: column('who sent it', 'subject'),
    sequence: column('the number of the heartbeat', 'sequence, if there is one'),
    unit: {
      kind: 'text',
      value: 'UNIT',
      choices: ['s', 'ms', 'us', 'ns'],
      describe: 's, ms (default), us or ns, of times that are numbers',
    },
    period: {
      kind: 'text',
      value: 'MS',
      describe: 'how often heartbeats are sent (default: time per number, or the median interval)',
    },
    detector: {
      kind: 'list',
      value: 'NAME[:OPTION=VALUE,...]',
      describe: 'only this detector, with other options; repeatable (hearsay list detectors)',
    },
    levels: {
      kind: 'text',
      value: 'L1,L2',
      describe: 'other levels, for one detector: what it suspects at',
    },
    'warm-up': {
      kind: 'text',
      value: 'MS',
      describe: 'leave out the beginning of the log, while windows fill (default: 0)',
    },
    'skip-bad': { kind: 'switch', describe: 'count rows that cannot be read, instead of stopping' },
    out: {
      kind: 'text',
      value: 'DIR',
      describe: 'where table and figure go (default: results/detect/LOG)',
    },
    format: {
      ...FORMAT,
      choices: ['table', 'json', 'csv'],
      describe: 'table (default), json or csv, on stdout',
    },
  },
  examples: [
    ['npx hearsay detect experiments/data/heartbeats.csv', 'the log that comes with hearsay'],
    ['npx hearsay detect my.csv --time at --subject host --unit s', 'other names, seconds'],
    ['npx hearsay detect my.csv --detector phi-exponential --levels 5,8,12', 'one detector'],
    [
      'npx hearsay detect my.csv --detector nfd-e:window=8 --detector nfd-e:window=128',
      'does the window matter?',
    ],
  ],
  notes:
    'A suspicion that a later heartbeat took back is a mistake; one still open at the end (open) may\n' +
    'be a crash and counts as none. Rates are per hour of a pair of observer and subject. The silence is\n' +
    'the detection time: from the last heartbeat heard to suspicion, were it the last one; in ms.\n' +
    'Without a sequence column heartbeats are numbered by the gaps between them, previous number +\n' +
    'gap / period, rounded, at least 1: so detectors that count see what was lost.\n' +
    'nfd-s needs a sequence column and when heartbeat 0 was sent: --detector nfd-s:originMs=T.',
  run,
};

async function run(given: Given): Promise<number> {
  if (given.words.length !== 1)
    throw new UserError(
      `detect: name one log, as in hearsay detect heartbeats.csv; got ${given.words.join(' ') || 'none'}`,
    );
  const { wishOf } = await import('./detect-wish.ts');
  const wish = wishOf(given);
  const { detectLog } = await import('./detect-log.ts');
  await detectLog(wish);
  return DONE;
}
