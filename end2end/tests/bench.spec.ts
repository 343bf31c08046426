// What the bench makes of its measurements, and what it must not turn on; the measurements themselves are `cargo xtask bench`.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { divided, median, quantile } from '../bench/figures';

test('a median has the least and the greatest beside it', () => {
  expect(median([5, 1, 3])).toEqual({ value: 3, low: 1, high: 5, samples: 3 });
  expect(median([1, 2])).toMatchObject({ value: 1.5, low: 1, high: 2 });
});

test('a quantile is that of all rounds, and its spread that of each', () => {
  const rounds = [
    [10, 20, 30],
    [20, 30, 60],
  ];
  expect(quantile(rounds, 0.5)).toEqual({ value: 25, low: 20, high: 30, samples: 6 });
  expect(quantile(rounds, 1)).toMatchObject({ value: 60, low: 30, high: 60 });
});

test('a ratio is as wide as its rounds allow', () => {
  const [ours, theirs] = [median([4, 5, 6]), median([8, 10, 12])];
  expect(divided(ours, theirs)).toEqual({ value: 0.5, low: 4 / 12, high: 6 / 8 });
});

test('the domain of the protocol that copies every message stays off', () => {
  const folder = path.join(__dirname, '../bench');
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('node_modules'));
  expect(sources).toContain('tab.ts');
  const using = sources.filter((file) => /['"`]Network\./.test(fs.readFileSync(path.join(folder, file), 'utf8')));
  expect(using).toEqual([]);
});
