// Builds the two pages that the portal is measured beside, as the portal is built: minified, and compressed beside itself.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(__dirname, '../..');
const compress = path.join(root, 'crates/xtask/src/build/compress.js');
const tailwind = path.join(root, 'node_modules/.bin/tailwindcss');

/** Each page's folder here, and the file that starts it. */
const peers = { 'by-hand': 'page.ts', react: 'page.tsx' };

/** Builds both below `folder`; where each one is. */
export async function buildPeers(folder: string): Promise<Record<keyof typeof peers, string>> {
  const made = { 'by-hand': path.join(folder, 'by-hand'), react: path.join(folder, 'react') };
  for (const name of ['by-hand', 'react'] as const) await buildPeer(name, made[name]);
  return made;
}

async function buildPeer(name: keyof typeof peers, folder: string) {
  const from = path.join(__dirname, name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [path.join(from, peers[name])],
    outfile: path.join(folder, 'page.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const style = path.join(__dirname, 'shared/style.css');
  execFileSync(tailwind, ['--minify', '--input', style, '--output', path.join(folder, 'style.css')], { stdio: 'pipe' });
  fs.copyFileSync(path.join(from, 'index.html'), path.join(folder, 'index.html'));
  fs.copyFileSync(path.join(root, 'public/favicon.svg'), path.join(folder, 'favicon.svg'));
  execFileSync(process.execPath, [compress], { cwd: folder, stdio: 'pipe' });
}
