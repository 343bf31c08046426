// The last words: the faults of which the engines are told otherwise than Chromium in the README's matrix, which engines
// could not be tried, and the three numbers.
import fs from 'node:fs';
import path from 'node:path';
import type { TestInfo } from '@playwright/test';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import type { Moment } from '../faults/reading';
import type { EngineName } from './engine';
import { ANYWHERE, UNSUPPORTED } from './rows';

/** What a page said of a row of the matrix. */
interface Said {
  id: string;
  engine: EngineName;
  said: Moment | undefined;
}

/** Hands it to the reporter. */
export const attach = (testInfo: TestInfo, said: Said) =>
  testInfo.attach('said', { body: JSON.stringify(said), contentType: 'application/json' });

const README = path.resolve(__dirname, '../../README.md');
const ENGINES: readonly EngineName[] = ['firefox', 'webkit'];
const HEAD = ['fault', 'Chromium', 'Firefox', 'WebKitGTK'];

/** Between which the README says what the engines are told otherwise. */
const [FROM, TO] = ['<!-- engines -->', '<!-- end of the engines -->'];

/** What Chromium was told of each fault, with the portal's server. */
function matrix(): Map<string, string> {
  const [, table = ''] = /<!-- matrix -->(.*)<!-- end of the matrix -->/s.exec(fs.readFileSync(README, 'utf8')) ?? [];
  const rows = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.flatMap(([, id, code, said]) => (id && said ? [[id, `${code} ${said}`.trim()]] : [])));
}

export default class EnginesReporter implements Reporter {
  private readonly results = new Map<TestCase, TestResult>();
  private readonly missing = new Set<string>();
  /** By the row, what each engine was told. */
  private readonly said = new Map<string, Map<EngineName, string>>();

  onTestEnd(test: TestCase, result: TestResult) {
    this.results.set(test, result);
    const body = result.attachments.find(({ name }) => name === 'said')?.body;
    if (body) this.note(JSON.parse(body.toString()) as Said);
    if (result.status !== 'skipped') return;
    const why = test.annotations.find(({ type }) => type === 'skip')?.description;
    if (why) this.missing.add(why);
  }

  async onEnd() {
    const results = [...this.results.values()];
    const passed = results.filter(({ status }) => status === 'passed').length;
    const skipped = results.filter(({ status }) => status === 'skipped').length;
    const table = this.table();
    if (this.said.size > 0) console.log(`\n${this.said.size} faults; an engine is told otherwise of\n\n${table}\n`);
    // Only a run of the whole matrix knows all of them.
    const whole = passed + skipped === results.length && ANYWHERE.every(({ id }) => this.isKnown(id));
    const stale = whole && !this.isShown(table);
    for (const why of this.missing) console.log(`skipped: ${why}`);
    console.log(`${passed} passed, ${results.length - passed - skipped} failed, ${skipped} skipped`);
    return stale ? { status: 'failed' as const } : undefined;
  }

  printsToStdio = () => false;

  private note({ id, engine, said }: Said) {
    const words = said ? `${said.code} ${said.cause}, ${said.confidence}` : 'nothing';
    this.said.set(id, (this.said.get(id) ?? new Map<EngineName, string>()).set(engine, words));
  }

  /** Whether every engine that can run a row has: one that is not installed leaves the table as it is. */
  private isKnown = (id: string) =>
    ENGINES.every((engine) => UNSUPPORTED[engine]?.[id] !== undefined || this.said.get(id)?.has(engine));

  /** The rows of which one of them was told something else. */
  private table(): string {
    const chromium = matrix();
    const rows = ANYWHERE.map(({ id }) => {
      const said = this.said.get(id);
      return [id, chromium.get(id) ?? '', ...ENGINES.map((it) => said?.get(it) ?? '')];
    });
    const different = rows.filter(([, expected, ...said]) => said.some((it) => it && it !== expected));
    return [HEAD, HEAD.map(() => '---'), ...different].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }

  /** Writes the table into the README, or holds it against the one that is there. */
  private isShown(table: string): boolean {
    const readme = fs.readFileSync(README, 'utf8');
    if (!readme.includes(FROM) || !readme.includes(TO)) throw new Error(`README.md has no ${FROM} and ${TO}`);
    const [start, end] = [readme.indexOf(FROM) + FROM.length, readme.indexOf(TO)];
    if (process.env.MEGAPHONE_MATRIX === 'write') {
      fs.writeFileSync(README, `${readme.slice(0, start)}\n\n${table}\n\n${readme.slice(end)}`);
      return true;
    }
    const same = lasting(readme.slice(start, end)) === lasting(table);
    if (!same)
      console.log('The table of the engines in the README is not the one above: MEGAPHONE_MATRIX=write writes it.');
    return same;
  }
}

/** What of a table is the same in every run: codes and causes. How sure a cause is can depend on when it was looked for. */
const lasting = (table: string) =>
  table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replaceAll(/, (certain|probable|possible)/g, ''))
    .join('\n');
