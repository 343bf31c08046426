// Writes what is inside a release: `sbom.cdx.json` (CycloneDX 1.5) and `LICENSES.txt` with the text of every licence, into
// the directory of the first argument. The other arguments are pairs: the output of `cargo tree` for a program, with one
// `NAME VERSION` a line, and its name. On standard input: `cargo metadata`.
const fs = require('node:fs');
const path = require('node:path');
const { createHash } = require('node:crypto');

const [target, version, ...pairs] = process.argv.slice(1);
const { packages } = JSON.parse(fs.readFileSync(0, 'utf8'));
const byId = new Map(packages.map((it) => [`${it.name} ${it.version}`, it]));

// By package: the programs that hold it.
const holders = new Map();
for (let index = 0; index < pairs.length; index += 2) {
  for (const line of fs.readFileSync(pairs[index], 'utf8').split('\n').filter(Boolean)) {
    if (!byId.has(line)) throw new Error(`cargo metadata does not know ${line}`);
    holders.set(line, (holders.get(line) ?? new Set()).add(pairs[index + 1]));
  }
}
const inside = [...holders.keys()].sort().map((id) => byId.get(id));
const foreign = inside.filter(({ source }) => source);

const purl = ({ name, version: number }) => `pkg:cargo/${name}@${number}`;
const component = (it) => ({
  type: 'library',
  'bom-ref': purl(it),
  name: it.name,
  version: it.version,
  ...(it.description && { description: it.description.trim() }),
  licenses: [{ expression: (it.license ?? 'NOASSERTION').replace(/\s*\/\s*/g, ' OR ') }],
  purl: purl(it),
  properties: [{ name: 'megaphone:inside', value: [...holders.get(`${it.name} ${it.version}`)].sort().join(', ') }],
});
const file = (name) => ({ type: 'data', 'bom-ref': `file:${name}`, name });
const components = [...inside.map(component), { ...file('Lato'), licenses: [{ license: { id: 'OFL-1.1' } }] }];
const sbom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  // By content, so that the same release has the same number.
  serialNumber: `urn:uuid:${uuid(JSON.stringify(components))}`,
  metadata: { component: { type: 'application', 'bom-ref': 'megaphone', name: 'megaphone', version } },
  components,
  dependencies: [{ ref: 'megaphone', dependsOn: components.map((it) => it['bom-ref']) }],
};
fs.writeFileSync(path.join(target, 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);

// The same text once, with all who come under it.
const texts = new Map();
for (const it of foreign) {
  const folder = path.dirname(it.manifest_path);
  const names = fs.readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|unlicense|copyright)/i.test(name));
  const files = names.map((name) => path.join(folder, name)).filter((name) => fs.statSync(name).isFile());
  const found = files.map((name) => fs.readFileSync(name, 'utf8').replace(/\r/g, '').trim());
  // Some packages carry no text; their expression stands for it, and its texts come with other packages.
  for (const text of found.length ? found : [`(The package carries no text of its licence, ${it.license}.)`]) {
    texts.set(text, [...(texts.get(text) ?? []), `${it.name} ${it.version} (${it.license})`]);
  }
}
const parts = [...texts].map(
  ([text, names]) => `${'='.repeat(80)}\n${names.join('\n')}\n${'-'.repeat(80)}\n\n${text}\n`,
);
const head =
  'Megaphone is under the Apache License 2.0: see LICENSE. It holds the packages below, each under its own licence.\n';
fs.writeFileSync(path.join(target, 'LICENSES.txt'), [head, ...parts].join('\n'));
console.log(`${inside.length} packages inside, ${texts.size} licence texts`);

function uuid(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
