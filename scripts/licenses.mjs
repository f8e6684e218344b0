/** The licences of what is packed, which go where it goes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the packages to which these modules belong. */
export function licenses(modules) {
  const folders = new Set(modules.map(packageOf).filter(Boolean));
  return [...folders].sort().map(licenseOf).join('\n');
}

function packageOf(module) {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module) ?? [];
  return folder;
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text}\n`;
}
