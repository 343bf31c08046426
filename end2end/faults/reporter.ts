// Puts the figures of all rows into Markdown tables, prints them and writes them to a file: one of the faults, and one
// of what follows on what. A run of some rows keeps what the runs before it found in the others, so that the whole can
// be made in pieces. The README shows the tables of `cargo xtask faults`; any full run fails if it names other faults,
// codes or causes than were seen.
import fs from 'node:fs';
import path from 'node:path';
import type { TestInfo } from '@playwright/test';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import type { Mark } from './expectation';
import { PAIRS } from './pairs';
import { ROWS } from './rows';

/** What one page did. What is missing did not happen. */
export interface Side {
  code?: number;
  cause?: string;
  confidence?: string;
  /** From the fault to the first moment at which the page said this. */
  seconds?: number;
  /** How right it was. */
  mark: Mark;
  /** Whether it waited for a person while the fault lasted. */
  waits: boolean;
  /** How it came back after the fault was healed. */
  back?: { seconds: number; how: string };
}

/** What one row found: the page with its server, and the one without. */
export interface Figures {
  id: string;
  sides: Side[];
  /** Why nothing here heals it. */
  unhealed?: string;
}

/** Hands the figures of a row to the reporter. */
export const attach = (testInfo: TestInfo, figures: Figures) =>
  testInfo.attach('figures', { body: JSON.stringify(figures), contentType: 'application/json' });

interface Table {
  /** The ids of its rows, in order. */
  rows: readonly string[];
  /** Where it is in the README. */
  marker: string;
  head: readonly string[];
  cells: (figures: Figures) => string[];
}

const SAID = ['code', 'with the server', 'after', 'from the page alone', 'after'];

const TABLES: readonly Table[] = [
  {
    rows: ROWS.map(({ id }) => id),
    marker: 'matrix',
    head: ['fault', ...SAID, 'meanwhile', 'healed', ''],
    cells: (figures) => [figures.id, ...said(figures), meanwhile(figures), healed(figures)],
  },
  {
    rows: PAIRS.map(({ id }) => id),
    marker: 'pairs',
    head: ['first → then', ...SAID, 'meanwhile', ''],
    cells: (figures) => [figures.id, ...said(figures), meanwhile(figures)],
  },
];

interface Found {
  figures?: Figures;
  status: string;
}

export default class MatrixReporter implements Reporter {
  private readonly found = new Map<string, Found>();

  constructor(private readonly options: { file: string; kept: string; readme: string }) {}

  onBegin() {
    const { kept } = this.options;
    if (!fs.existsSync(kept)) return;
    const ids = new Set(TABLES.flatMap(({ rows }) => rows));
    for (const [id, found] of JSON.parse(fs.readFileSync(kept, 'utf8')) as [string, Found][]) {
      if (ids.has(id)) this.found.set(id, found);
    }
  }

  onTestEnd(test: TestCase, { status, attachments }: TestResult) {
    const body = attachments.find(({ name }) => name === 'figures')?.body;
    this.found.set(test.title, { figures: body && (JSON.parse(body.toString()) as Figures), status });
  }

  async onEnd() {
    const texts = TABLES.map((table) => this.text(table));
    const summary = this.summary();
    fs.mkdirSync(path.dirname(this.options.file), { recursive: true });
    fs.writeFileSync(this.options.kept, JSON.stringify([...this.found]));
    fs.writeFileSync(this.options.file, `${[...texts, summary].join('\n\n')}\n`);
    console.log(`\n${[...texts, summary].join('\n\n')}\n`);
    const ids = TABLES.flatMap(({ rows }) => rows);
    const right = ids.every((id) => this.found.get(id)?.status === 'passed');
    return right ? this.shown(texts) : undefined;
  }

  private text({ rows, head, cells }: Table): string {
    const lines = rows.flatMap((id) => {
      const row = this.found.get(id);
      if (!row) return [];
      const nothing = [id, ...Array<string>(head.length - 2).fill('')];
      const sign = row.status === 'passed' ? '✔' : row.status === 'skipped' ? 'skipped' : `✘ ${worst(row.figures)}`;
      return [[...(row.figures ? cells(row.figures) : nothing), sign]];
    });
    return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }

  /** How many pages were how right. */
  private summary(): string {
    const marks = [...this.found.values()].flatMap(({ figures }) => figures?.sides.map(({ mark }) => mark) ?? []);
    const order: Mark[] = ['right', 'vague', 'nothing', 'wrong', 'wrong for certain'];
    return order.map((mark) => `${mark}: ${marks.filter((it) => it === mark).length}`).join(', ');
  }

  /** Writes the tables into the README, or holds them against those that are there. */
  private shown(texts: string[]): { status: 'failed' } | undefined {
    let readme = fs.readFileSync(this.options.readme, 'utf8');
    let same = true;
    for (const [index, { marker, head }] of TABLES.entries()) {
      const [from, to] = [`<!-- ${marker} -->`, `<!-- end of the ${marker} -->`];
      const [start, end] = [readme.indexOf(from) + from.length, readme.indexOf(to)];
      const text = texts[index] ?? '';
      same &&= lasting(readme.slice(start, end), head) === lasting(text, head);
      readme = `${readme.slice(0, start)}\n\n${text}\n\n${readme.slice(end)}`;
    }
    if (process.env.MEGAPHONE_MATRIX === 'write') fs.writeFileSync(this.options.readme, readme);
    else if (!same) {
      console.log('The tables in the README are not those above: `cargo xtask faults` rewrites them.\n');
      return { status: 'failed' };
    }
    return undefined;
  }
}

/** What of a table is the same in every run: all but the times. */
function lasting(table: string, head: readonly string[]): string {
  const timed = ['after', 'healed'];
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  const cells = (line: string) => line.slice(2).split(' | ');
  return lines
    .map((line) =>
      cells(line)
        .filter((_, nth) => !timed.includes(head[nth] ?? ''))
        .join(' | '),
    )
    .join('\n');
}

function said({ sides: [server, alone] }: Figures): string[] {
  const codes = [...new Set([server?.code, alone?.code].filter((code) => code !== undefined))];
  return [codes.join(' / '), named(server), after(server), named(alone), after(alone)];
}

function meanwhile({ sides: [server, alone] }: Figures): string {
  const does = (side?: Side) => (side?.waits ? 'waits for a person' : 'tries');
  return both(does(server), does(alone));
}

const healed = ({ sides: [server, alone], unhealed }: Figures) => unhealed ?? both(back(server), back(alone));

/** The two columns' words, or the one word on which they agree. */
const both = (server: string, alone: string) => (server === alone ? server : `${server} / ${alone}`);

/** The worst mark of a row that is not as it should be. */
function worst(figures?: Figures): string {
  const marks = figures?.sides.map(({ mark }) => mark) ?? [];
  return (['wrong for certain', 'wrong', 'nothing', 'vague'] as const).find((mark) => marks.includes(mark)) ?? '';
}

function named(side?: Side): string {
  if (side?.cause) return `${side.cause}, ${side.confidence}`;
  return side?.back && side.back.how !== 'never away' ? 'connected' : 'nothing';
}

const after = (side?: Side) => (side?.seconds === undefined ? '' : `${side.seconds.toFixed(1)} s`);

function back({ back }: Partial<Side> = {}): string {
  if (!back) return 'never';
  return back.how === 'never away' ? back.how : `${back.how}, ${back.seconds.toFixed(1)} s`;
}
