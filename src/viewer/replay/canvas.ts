/** Canvases that are as sharp as the screen, whatever their size on the page. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number; // pixels of the page
  readonly height: number;
  readonly scale: number; // pixels of the device in one of these, 2 at most
}

/** In the size that the style sheet gives it, with what has been drawn there, unless the size is another one now. */
export function kept(canvas: HTMLCanvasElement): Sheet {
  const scale = Math.min(2, window.devicePixelRatio || 1);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const context = canvas.getContext('2d')!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return { context, width, height, scale };
}

/** The same, empty. */
export function cleared(canvas: HTMLCanvasElement): Sheet {
  const sheet = kept(canvas);
  sheet.context.clearRect(0, 0, sheet.width, sheet.height);
  return sheet;
}
