/** Fields of a run.json, which may be of another version or damaged, as texts. */

type Run = Readonly<Record<string, unknown>>;

/** '' where there is none. */
export const text = (run: Run, field: string): string => {
  const value = run[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

export const texts = (run: Run, field: string): string[] => {
  const value = run[field];
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string') : [];
};

/** The fields of an object, each value in short. */
export const pairs = (run: Run, field: string): [name: string, value: string][] => {
  const value = run[field];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, of]) => [name, short(of)]);
};

const short = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(short).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
};
