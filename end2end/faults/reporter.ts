// Puts the figures of all rows into one Markdown table, prints it and writes it to a file. The README shows the table of
// the last `cargo xtask faults`; any full run fails if it names other faults, codes or causes than were seen.
import fs from 'node:fs';
import path from 'node:path';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { ROWS } from './rows';

/** What one page did. What is missing did not happen. */
export interface Side {
  code?: number;
  cause?: string;
  sure?: string;
  /** From the fault to the first moment at which the page named the cause. */
  seconds?: number;
  /** Whether it waited for a person while the fault stood. */
  waits: boolean;
  /** How it came back after the fault was healed. */
  back?: { seconds: number; how: string };
}

/** What one row found. */
export interface Figures {
  id: string;
  server?: Side;
  alone?: Side;
  /** Why nothing here heals it. */
  unhealed?: string;
}

const HEAD = ['fault', 'code', 'with the server', 'after', 'from the page alone', 'after', 'meanwhile', 'healed', ''];

export default class MatrixReporter implements Reporter {
  private readonly lines = new Map<string, string[]>();

  constructor(private readonly options: { file: string; readme: string }) {}

  onTestEnd(test: TestCase, { status, attachments }: TestResult) {
    const body = attachments.find(({ name }) => name === 'figures')?.body;
    const mark = status === 'passed' ? '✔' : status === 'skipped' ? 'skipped' : '✘';
    const nothing = [test.title, ...Array<string>(HEAD.length - 2).fill('')];
    const cells = body ? row(JSON.parse(body.toString()) as Figures) : nothing;
    this.lines.set(test.title, [...cells, mark]);
  }

  async onEnd() {
    const lines = ROWS.map(({ id }) => this.lines.get(id)).filter((line) => line !== undefined);
    const text = [HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    fs.mkdirSync(path.dirname(this.options.file), { recursive: true });
    fs.writeFileSync(this.options.file, `${text}\n`);
    console.log(`\n${text}\n`);
    const right = lines.length === ROWS.length && lines.every((cells) => cells.at(-1) === '✔');
    return right ? this.shown(text) : undefined;
  }

  /** Writes the table into the README, or holds it against the one that is there. */
  private shown(text: string): { status: 'failed' } | undefined {
    const [from, to] = ['<!-- matrix -->', '<!-- end of the matrix -->'];
    const readme = fs.readFileSync(this.options.readme, 'utf8');
    const [start, end] = [readme.indexOf(from) + from.length, readme.indexOf(to)];
    if (process.env.MEGAPHONE_MATRIX === 'write') {
      fs.writeFileSync(this.options.readme, `${readme.slice(0, start)}\n\n${text}\n\n${readme.slice(end)}`);
      return undefined;
    }
    if (lasting(readme.slice(start, end)) === lasting(text)) return undefined;
    console.log('The table in the README is not the one above: `cargo xtask faults` writes it anew.\n');
    return { status: 'failed' };
  }
}

/** What of a table is the same in every run: all but the times. */
function lasting(table: string): string {
  const timed = ['after', 'healed'];
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  const cells = (line: string) => line.slice(2).split(' | ');
  return lines.map((line) => cells(line).filter((_, nth) => !timed.includes(HEAD[nth] ?? '')).join(' | ')).join('\n');
}

function row({ id, server, alone, unhealed }: Figures): string[] {
  const codes = [...new Set([server?.code, alone?.code].filter((code) => code !== undefined))];
  const healed = unhealed ?? both(back(server), back(alone));
  const meanwhile = both(server?.waits ? 'waits for a person' : 'tries', alone?.waits ? 'waits for a person' : 'tries');
  return [id, codes.join(' / '), named(server), after(server), named(alone), after(alone), meanwhile, healed];
}

/** The two columns' words, or the one word on which they agree. */
const both = (server: string, alone: string) => (server === alone ? server : `${server} / ${alone}`);

const named = (side?: Side) => (side?.cause ? `${side.cause}, ${side.sure}` : 'nothing');
const after = (side?: Side) => (side?.seconds === undefined ? '' : `${side.seconds.toFixed(1)} s`);
function back({ back }: Partial<Side> = {}): string {
  if (!back) return 'never';
  return back.how === 'never away' ? back.how : `${back.how}, ${back.seconds.toFixed(1)} s`;
}
