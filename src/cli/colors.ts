/** Colours, where the user can see and wants them. */
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** https://no-color.org: any value that is not empty switches colour off. */
const wantsColor = (stream: NodeJS.WriteStream): boolean =>
  Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export const colorsOf = (stream: NodeJS.WriteStream): Colors =>
  picocolors.createColors(wantsColor(stream));
