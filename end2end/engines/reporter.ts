// The last words: which engines could not be tried, and the three numbers.
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

export default class EnginesReporter implements Reporter {
  private readonly results = new Map<TestCase, TestResult>();
  private readonly missing = new Set<string>();

  onTestEnd(test: TestCase, result: TestResult) {
    this.results.set(test, result);
    if (result.status !== 'skipped') return;
    const why = test.annotations.find(({ type }) => type === 'skip')?.description;
    if (why) this.missing.add(why);
  }

  onEnd() {
    const results = [...this.results.values()];
    const passed = results.filter(({ status }) => status === 'passed').length;
    const skipped = results.filter(({ status }) => status === 'skipped').length;
    for (const why of this.missing) console.log(`skipped: ${why}`);
    console.log(`${passed} passed, ${results.length - passed - skipped} failed, ${skipped} skipped`);
  }

  printsToStdio = () => false;
}
