/** The page of a scenario file: what it says at its top, and the command that writes it again. */
import { UserError } from '../../base/errors.ts';
import type { Group } from '../../experiment/scenario/index.ts';
import { loadScenario } from '../../experiment/scenario/index.ts';
import { quoted } from '../../experiment/shell.ts';
import { grouped } from '../numbers.ts';
import { replayData } from './build.ts';
import { replayPage } from './page.ts';

export interface ReplayRequest {
  readonly text: string;
  readonly file: string;
  readonly settings: readonly string[];
  readonly seed?: string;
  readonly replicate: number;
  readonly live: boolean;
}

/** Beliefs take two bytes a pair, here and in the browser. */
const MOST_BELIEVERS = 16_000;

export function pageOfFile({ text, file, settings, seed, replicate, live }: ReplayRequest): string {
  const { scenario } = loadScenario(text, file, settings);
  const given = seed ?? String(scenario.values.seed);
  const n = Number(scenario.values.nodes);
  const { word } = scenario.values.protocol as Group;
  if (n > MOST_BELIEVERS) {
    throw new UserError(
      `${file}: replay draws at most ${grouped(String(MOST_BELIEVERS))} nodes; got ${grouped(String(n))}: lower nodes, as in --set nodes=1000`,
    );
  }
  const others = settings.filter((setting) => !setting.startsWith('nodes='));
  const changed = others.length === 0 ? '' : ` with ${others.join(', ')}`;
  const size = `${word} among ${grouped(String(n))} nodes${changed}`;
  // What the file asks is asked of the file as it is.
  const title = (settings.length === 0 && headingOf(text, scenario)) || size;
  const data = replayData({ scenario, title, seed: given, replicate, live });
  const words = [
    ...['replay', file, ...settings.flatMap((setting) => ['--set', setting])],
    ...['--seed', given, ...(replicate === 0 ? [] : ['--replicate', String(replicate)])],
  ];
  const end = `${Number((data.end / 1e6).toPrecision(4))} s`;
  return replayPage({
    data,
    subtitle: `${word}, ${grouped(String(n))} nodes ${data.layout.name}, ${end}, seed ${given}, replicate ${replicate}`,
    command: ['npx hearsay', ...words.map(quoted)].join(' '),
  });
}

/** What the file says it is about, or else its first comment that is not for an editor. */
function headingOf(text: string, { values }: Group): string | undefined {
  if (values.about !== undefined) return String(values.about);
  const comment = /^(?:#\s*yaml-language-server:.*\n|\s*\n)*#\s*(.+)$/m.exec(text);
  return comment?.index === 0 ? comment[1].trim() : undefined;
}
