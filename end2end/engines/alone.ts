// Where seconds are measured, the engines take turns: three of them share the machine's cores.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from '@playwright/test';

/** Does this while no other engine measures. A run begins with an empty folder for its results, so with nobody inside. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const { outputDir } = test.info().project;
  fs.mkdirSync(outputDir, { recursive: true });
  const inside = path.join(outputDir, 'measuring');
  while (!entered(inside)) await sleep(50);
  try {
    return await work();
  } finally {
    fs.rmdirSync(inside);
  }
}

/** Making a folder is one step, in which only one of them can succeed. */
function entered(inside: string): boolean {
  try {
    fs.mkdirSync(inside);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
