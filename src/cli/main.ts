#!/usr/bin/env node
/** The command `hearsay`. It maps what happens to exit codes; it decides nothing scientific. */
import { explain } from './failure.ts';
import { parse } from './parse.ts';
import { program } from './program.ts';
import { endQuietlyWhenPipeCloses } from './terminal.ts';

endQuietlyWhenPipeCloses();
const words = process.argv.slice(2);
try {
  process.exitCode = await parse(program, words);
} catch (error) {
  process.exitCode = explain(error, words);
}
