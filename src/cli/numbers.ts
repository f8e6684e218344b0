/** Options that are numbers or `axis=value` pairs, checked with a sentence that names the option. */
import { shown, UserError, wholeNumber } from '../base/errors.ts';
import type { Settings } from '../experiment/settings.ts';
import type { Given } from './verb.ts';

/** The value of `--name`, a whole number in [min, max]; undefined where it is not given. */
export function wholeOption(
  verb: string,
  given: Given,
  name: string,
  min: number,
  max?: number,
): number | undefined {
  const text = given.texts.get(name);
  if (text === undefined) return undefined;
  if (!/^[+-]?\d+(\.\d+)?(e\d+)?$/i.test(text))
    throw new UserError(`${verb}: --${name} must be a whole number; got ${shown(text)}`);
  return wholeNumber(verb, `--${name}`, Number(text), min, max);
}

/** The value of `--redis`; undefined where it is not given. */
export function redisOption(verb: string, given: Given): string | undefined {
  const url = given.texts.get('redis');
  if (url !== undefined && given.texts.has('jobs'))
    throw new UserError(
      `${verb}: with --redis, how many tasks run at once is up to the workers; leave out --jobs, or give it to hearsay worker`,
    );
  return url;
}

/** `--set axis=v1,v2`, repeatable -> axis -> values as typed; the experiment knows their type. */
export function settingsOf(verb: string, given: Given): Settings {
  const settings: Record<string, readonly string[]> = {};
  for (const text of given.lists.get('set') ?? []) {
    const [, axis, values] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (axis === undefined || values === undefined)
      throw new UserError(
        `${verb}: --set must be axis=value or axis=value,value,...; got ${shown(text)}`,
      );
    if (Object.hasOwn(settings, axis))
      throw new UserError(`${verb}: --set ${axis} is given twice; write all its values in one`);
    settings[axis] = values.split(',');
  }
  return settings;
}
