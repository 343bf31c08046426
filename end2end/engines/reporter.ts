// The last words: the faults at which the engines differ, which engines could not be tried, and the three numbers.
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

const ENGINES: readonly EngineName[] = ['chromium', 'firefox', 'webkit'];

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

  /** The rows at which the engines that were tried did not all say the same. */
  private table(): string {
    const different = [...this.said].filter(([, said]) => new Set(said.values()).size > 1);
    const lines = different.map(([id, said]) => [id, ...ENGINES.map((engine) => said.get(engine) ?? '')]);
    const head = ['fault', 'Chromium', 'Firefox', 'WebKitGTK'];
    const text = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    return `${this.said.size} faults, ${different.length} at which the engines differ\n\n${text}`;
  }
}
