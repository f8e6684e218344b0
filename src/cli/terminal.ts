/** stdout carries data, stderr carries progress; both obey NO_COLOR, and a closed pipe ends the program quietly. */
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** https://no-color.org: any value that is not empty switches colour off. */
const wantsColor = (stream: NodeJS.WriteStream): boolean =>
  Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export const colorsOf = (stream: NodeJS.WriteStream): Colors =>
  picocolors.createColors(wantsColor(stream));

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** `hearsay list | head -1`: the reader has gone, nobody is left to be told. */
export function endQuietlyWhenPipeCloses(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}

/** Characters a line of a terminal; a fixed number in a pipe, so that output does not depend on where it is looked at. */
export const widthOf = (stream: NodeJS.WriteStream): number => stream.columns || 110;
