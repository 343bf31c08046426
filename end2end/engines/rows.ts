// The rows of the matrix of faults that an engine without flags can run.
import { ROWS } from '../faults/rows';
import type { Row } from '../faults/rows/row';
import type { EngineName } from './engine';

/** No name but localhost, no way round, nothing done to the profile. */
const needsNoFlag = ({ host, port, portal, prepare, browser, ready }: Row) =>
  !(host || port || portal || prepare || browser || ready);

/** Rows whose fault is made by the pages themselves, or by Chromium's own controls. */
const BY_CHROMIUM = [
  'silence',
  'large packets lost on an open connection',
  'offline',
  'no-portal',
  'the browser has forgotten the certificate',
  // A browser that takes every certificate takes this one as well.
  'an unknown name, default certificate',
  'down, with the portal’s server seen away and back',
];

export const ANYWHERE = ROWS.filter((row) => needsNoFlag(row) && !BY_CHROMIUM.includes(row.id));

/** Rows that the drivers of an engine cannot run, and why. */
export const UNSUPPORTED: Partial<Record<EngineName, Record<string, string>>> = {
  webkit: { 'a client certificate demanded': 'WebKitGTK asks in a window that its driver cannot answer' },
};
