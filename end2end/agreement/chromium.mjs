// Asks Chromium what it says of each chain. Reads {cases: [{name, url}], roots: [PEM], folder} from its standard input and
// writes {browser, errors: {name: code}} to its standard output; a chain that is accepted has no code.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

const { cases, roots, folder } = JSON.parse(fs.readFileSync(0, 'utf8'));

// Chromium on Linux reads its user's certificates from here. HOME is the browser's alone.
const home = path.join(folder, 'home');
const database = path.join(home, '.pki/nssdb');
fs.mkdirSync(database, { recursive: true });
const certutil = (...options) => {
  try {
    execFileSync('certutil', ['-d', `sql:${database}`, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error('certutil is not on PATH. On Debian: apt-get install libnss3-tools');
    throw error;
  }
};
certutil('-N', '--empty-password');
roots.forEach((pem, number) => {
  const file = path.join(folder, `trusted-${number}.pem`);
  fs.writeFileSync(file, pem);
  certutil('-A', '-t', 'C,,', '-n', `root ${number}`, '-i', file);
});

const browser = await chromium.launch({
  executablePath: process.env.MEGAPHONE_CHROMIUM || undefined,
  env: { ...process.env, HOME: home },
  args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * 127.0.0.1'],
});
const page = await browser.newPage();
const errors = {};
for (const { name, url } of cases) {
  try {
    await page.goto(url, { waitUntil: 'commit', timeout: 20_000 });
  } catch (error) {
    errors[name] = /net::(ERR_\w+)/.exec(error.message)?.[1] ?? error.message.split('\n')[0];
  }
}
const version = browser.version();
await browser.close();
process.stdout.write(JSON.stringify({ browser: `Chromium ${version.split('.')[0]}`, errors }));
