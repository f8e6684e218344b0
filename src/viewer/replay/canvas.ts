/** A canvas that is as sharp as the screen, whatever its size on the page. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number; // pixels of the page
  readonly height: number;
  readonly scale: number; // pixels of the device in one of these, 2 at most
}

/** Empty, in the size that the style sheet gives it. */
export function cleared(canvas: HTMLCanvasElement): Sheet {
  const scale = Math.min(2, window.devicePixelRatio || 1);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const context = canvas.getContext('2d')!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, scale };
}
