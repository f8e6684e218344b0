/** stdout carries data, stderr carries progress; a closed pipe ends the program quietly. */

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
