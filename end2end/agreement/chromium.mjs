// Asks Chromium what it says of each chain. Reads {cases: [{name, url}], roots: [PEM], peers: [PEM], folder} from its
// standard input and writes {browser, errors: {name: code}} to its standard output; a chain that is accepted has no code.
// Roots are imported as authorities, peers as what they are: certificates of servers.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

const { cases, roots, peers = [], folder } = JSON.parse(fs.readFileSync(0, 'utf8'));

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
const trust = (what, flags) => (pem, number) => {
  const file = path.join(folder, `${what}-${number}.pem`);
  fs.writeFileSync(file, pem);
  certutil('-A', '-t', flags, '-n', `${what} ${number}`, '-i', file);
};
roots.forEach(trust('root', 'C,,'));
peers.forEach(trust('peer', 'P,,'));

const browser = await chromium.launch({
  executablePath: process.env.MEGAPHONE_CHROMIUM || undefined,
  env: { ...process.env, HOME: home },
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--disable-features=LocalNetworkAccessChecks',
  ],
});
// A request of a page is refused with the same code as a visit, and needs no error page of its own.
const page = await browser.newPage();
const failures = new Map();
page.on('requestfailed', (request) => failures.set(request.url(), request.failure().errorText));
const errors = {};
const ask = async ({ name, url }) => {
  const failed = await page.evaluate(
    (url) =>
      fetch(url, { mode: 'no-cors', signal: AbortSignal.timeout(30_000) }).then(
        () => false,
        () => true,
      ),
    url,
  );
  // The event may come after the answer to the script.
  for (let waited = 0; failed && !failures.has(url) && waited < 100; waited += 1)
    await new Promise((done) => setTimeout(done, 20));
  if (failed)
    errors[name] = /net::(ERR_\w+)/.exec(failures.get(url) ?? '')?.[1] ?? failures.get(url) ?? 'no reason given';
};
const queue = [...cases];
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) await ask(next);
};
await Promise.all(Array.from({ length: 8 }, worker));
const version = browser.version();
await browser.close();
process.stdout.write(JSON.stringify({ browser: `Chromium ${version.split('.')[0]}`, errors }));
