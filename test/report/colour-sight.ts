/**
 * How far apart two colours look, also to the colour-blind: simulated after Machado, Oliveira and Fernandes, IEEE TVCG 15,
 * 2009 (severity 1, on linear RGB), measured in CIELAB (CIE 1976; about 2 is the least that is seen).
 */

// [row][column] of linear RGB
export const SIGHTS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanope: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export const distance = (a: string, b: string, sight: string): number => {
  const [seenA, seenB] = [a, b].map((colour) => lab(seen(colour, sight)));
  return Math.hypot(...seenA.map((value, i) => value - seenB[i]));
};

/** L*, 0 to 100. */
export const lightness = (colour: string): number => lab(linear(colour))[0];

const seen = (colour: string, sight: string): number[] =>
  SIGHTS[sight].map((row) => {
    const value = row.reduce((sum, weight, i) => sum + weight * linear(colour)[i], 0);
    return Math.min(1, Math.max(0, value));
  });

const linear = (colour: string): number[] =>
  [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });

/** From linear RGB, white D65. */
function lab([r, g, b]: readonly number[]): number[] {
  const x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
  const y = 0.2126729 * r + 0.7151522 * g + 0.072175 * b;
  const z = (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883;
  const [fx, fy, fz] = [x, y, z].map((t) =>
    t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116,
  );
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}
