// The long soak: `cargo xtask soak`. The short one is part of the suite.
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import suite from '../playwright.config';

export default defineConfig(suite, {
  testDir: __dirname,
  testMatch: 'long.spec.ts',
  outputDir: path.resolve(__dirname, '../../target/soak'),
  reporter: 'list',
  workers: 1,
  timeout: 0,
  // A trace of thousands of steps would be what grows.
  use: { ...suite.use, trace: 'off' },
});
