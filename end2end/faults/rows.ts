// Every row of the matrix, by topic. Those that mostly wait come first, so that no worker is left with one in the end.
import { ANSWERS } from './rows/answers';
import { BROWSER } from './rows/browser';
import { CERTIFICATES } from './rows/certificate';
import { LOSSES } from './rows/losses';
import { NETWORK } from './rows/network';
import type { Row } from './rows/row';

export const ROWS: readonly Row[] = [...NETWORK, ...LOSSES, ...BROWSER, ...ANSWERS, ...CERTIFICATES];
