/** `hearsay completion`: the script that makes a shell complete verbs, experiments and options. */
import { UserError } from '../base/errors.ts';
import { DONE, type Given, type Verb } from './verb.ts';

const SHELLS = ['bash', 'zsh'];

export const completion: Verb = {
  name: 'completion',
  summary: 'Print the completion script for bash or zsh.',
  words: { name: 'shell', describe: 'bash or zsh' },
  options: {},
  examples: [
    ['npx hearsay completion bash >> ~/.bashrc', 'for bash'],
    ['npx hearsay completion zsh >> ~/.zshrc', 'for zsh'],
  ],
  notes:
    'It completes the command hearsay, which must be on the PATH: in a checkout, npm link puts it there.',
  run,
};

async function run({ words }: Given): Promise<number> {
  const [shell] = words;
  if (words.length > 1 || (shell !== undefined && !SHELLS.includes(shell)))
    throw new UserError(`completion: the shell must be bash or zsh; got ${words.join(' ')}`);
  // yargs chooses the script by this variable when it is made.
  if (shell !== undefined) process.env.SHELL = `/bin/${shell}`;
  const { default: yargs } = await import('yargs');
  yargs().scriptName('hearsay').showCompletionScript();
  return DONE;
}
