/** The names that may follow a verb, for completion. */
import { CLUSTERS } from './cluster.ts';
import { WHAT } from './list.ts';

export async function namesFor(verb: string): Promise<readonly string[]> {
  if (verb === 'cluster') return CLUSTERS;
  if (verb === 'completion') return ['bash', 'zsh'];
  if (verb === 'bench')
    return (await import('../../bench/index.ts')).suites.map(({ name }) => name);
  const { experimentNames } = await import('../experiment/registry.ts');
  const experiments = experimentNames();
  if (verb === 'reproduce') return experiments;
  if (verb === 'list') return WHAT;
  if (verb !== 'run') return []; // files, which the shell completes, or nothing
  const { suites } = await import('../experiment/suites.ts');
  return [...Object.keys(suites), ...experiments];
}
