// The last words: the faults of which the engines are told otherwise than Chromium in the README's matrix, which engines
// could not be tried, and the three numbers.
import fs from 'node:fs';
import path from 'node:path';
import type { TestInfo } from '@playwright/test';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import type { Moment } from '../faults/reading';
import type { EngineName } from './engine';

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

  onEnd() {
    const results = [...this.results.values()];
    const passed = results.filter(({ status }) => status === 'passed').length;
    const skipped = results.filter(({ status }) => status === 'skipped').length;
    if (this.said.size > 0) console.log(`\n${this.table()}\n`);
    for (const why of this.missing) console.log(`skipped: ${why}`);
    console.log(`${passed} passed, ${results.length - passed - skipped} failed, ${skipped} skipped`);
  }

  printsToStdio = () => false;

  private note({ id, engine, said }: Said) {
    const words = said ? `${said.code} ${said.cause}, ${said.confidence}` : 'nothing';
    this.said.set(id, (this.said.get(id) ?? new Map<EngineName, string>()).set(engine, words));
  }

  /** The rows of which one of them was told something else. */
  private table(): string {
    const chromium = matrix();
    const rows = [...this.said].map(([id, said]) => [
      id,
      chromium.get(id) ?? '',
      ...ENGINES.map((it) => said.get(it) ?? ''),
    ]);
    const different = rows.filter(([, expected, ...said]) => said.some((it) => it && it !== expected));
    const head = ['fault', 'Chromium', 'Firefox', 'WebKitGTK'];
    const text = [head, head.map(() => '---'), ...different].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    return `${rows.length} faults, ${different.length} of which an engine is told otherwise\n\n${text}`;
  }
}
