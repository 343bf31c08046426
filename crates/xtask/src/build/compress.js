// Writes FILE.br and FILE.gz beside every file below this directory, at the highest level, where that makes it smaller.
// Not beside what operators change: a file host would go on sending the form that was made of the file before.
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const zlib = require('node:zlib');

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_NPOSTFIX } = zlib.constants;
const forms = [
  // Distances as programs have them, which lie four bytes apart: a few bytes in a thousand less.
  ['.br', promisify(zlib.brotliCompress), { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_NPOSTFIX]: 2 } }],
  ['.gz', promisify(zlib.gzip), { level: 9 }],
];
// These are compressed already.
const done = /\.(br|gz|png|jpg|webp|avif|woff2?)$/;

async function compress(file) {
  const bytes = fs.readFileSync(file);
  for (const [suffix, compressor, options] of forms) {
    const compressed = await compressor(bytes, options);
    if (compressed.length < bytes.length) fs.writeFileSync(file + suffix, compressed);
  }
}

const changed = ['config.json', '404.html'];

const entries = fs.readdirSync('.', { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && !done.test(entry.name) && !changed.includes(entry.name));
Promise.all(files.map(({ parentPath, path: parent, name }) => compress(path.join(parentPath ?? parent, name)))).catch(
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
