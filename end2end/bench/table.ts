// The table that the command prints, from rows that the measuring fills.
import { divided, type Figure } from './figures';
import { NAMES, type Name } from './contenders';

/** How a value is written. */
export type Unit = 'kB' | 'ms' | 's' | 'number' | 'shift';

export interface Row {
  title: string;
  unit: Unit;
  figures: Partial<Record<Name, Figure>>;
  /** What the portal is held to: a ratio to a peer, else a value. */
  budget?: { to?: Exclude<Name, 'portal'>; atMost?: number; atLeast?: number };
}

/** The portal's figure by that of the peer that it is held against, else by that of the page in React; none where a round has zero. */
export function ratio({ figures, budget }: Row): ({ to: Name } & Omit<Figure, 'samples'>) | undefined {
  const to = budget?.to ?? 'react';
  const [ours, theirs] = [figures.portal, figures[to]];
  return ours && theirs?.low ? { to, ...divided(ours, theirs) } : undefined;
}

/** The table in Markdown, its columns aligned. */
export function print(rows: Row[]): string {
  const head = ['', ...NAMES, 'ratio to', 'budget'];
  const lines = rows.map((row) => {
    const compared = ratio(row);
    return [
      row.title,
      ...NAMES.map((name) => told(row.figures[name], row.unit)),
      compared ? toldRatio(compared) : '–',
      budgetOf(row),
    ];
  });
  const widths = head.map((_, column) => Math.max(3, ...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...lines.map(line)].join('\n');
}

function toldRatio({ to, ...figure }: NonNullable<ReturnType<typeof ratio>>): string {
  const [value, low, high] = [figure.value, figure.low, figure.high].map((it) => it.toFixed(2));
  return low === high ? `${to} ${value}` : `${to} ${value} (${low}–${high})`;
}

function told(figure: Figure | undefined, unit: Unit): string {
  if (!figure) return '–';
  const [value, low, high] = [figure.value, figure.low, figure.high].map((it) => number(it, unit));
  const sign = unit === 'number' || unit === 'shift' ? '' : ` ${unit}`;
  return low === high ? `${value}${sign}` : `${value}${sign} (${low}–${high})`;
}

function budgetOf({ unit, budget }: Row): string {
  if (!budget) return '–';
  const { to, atMost, atLeast } = budget;
  const sign = to || unit === 'number' || unit === 'shift' ? '' : ` ${unit}`;
  return atMost !== undefined ? `≤ ${atMost.toLocaleString('en')}${sign}` : `≥ ${atLeast}${sign}`;
}

function number(value: number, unit: Unit): string {
  const digits: Record<Unit, number> = { kB: 1, ms: value < 100 ? 1 : 0, s: 2, number: 0, shift: 3 };
  return value.toLocaleString('en', { minimumFractionDigits: digits[unit], maximumFractionDigits: digits[unit] });
}
