// What is right to say of a fault, and how far what a page said is from it.
import { CONFIDENCES, type Confidence, type Moment } from './reading';

/** What a page may say. */
export interface Expectation {
  /** The causes that are right; they lead to the cure. */
  causes: readonly string[];
  /** How sure the page may be at most: what it has not seen for certain, it must not say for certain. */
  atMost: Confidence;
  /** How sure it has to be at least. */
  atLeast?: Confidence;
  /** What the dialog must say, while the loss lasts. */
  says?: readonly RegExp[];
  /** What it must not say. */
  never?: readonly RegExp[];
}

/** Right; true, but without leading to the cure; or false. */
export type Mark = 'right' | 'vague' | 'wrong' | 'wrong for certain' | 'nothing';

/** Causes that name what is known and no more. */
const GENERAL = [
  'unreachable-or-untrusted',
  'not-drp-or-bad-gateway',
  'browser-only',
  'untrusted',
  'bad-certificate',
  'tls-failed',
  'socket-only',
  'cut',
  'closed',
];

/** Causes that only a person can do something about: the portal waits for them. Everything else it goes on trying. */
export const WAITING = [
  ...['mixed', 'csp', 'browser-refuses', 'local-network'],
  ...['expired', 'not-loaded', 'not-yet-valid', 'wrong-name', 'wrong-site', 'self-signed', 'unknown-ca'],
  ...[
    'chain-incomplete',
    'stale-ca',
    'replaced',
    'forgotten',
    'bad-certificate',
    'cannot-accept',
    'untrusted',
    'client-cert',
  ],
  ...['sign-in', 'credentials', 'token-expired', 'no-rights', 'not-drp', 'moved'],
];

/** Everything that is not as it should be; nothing if all is right. */
export function faults(moment: Moment | undefined, right: Expectation | null): string[] {
  if (right === null) return moment ? [`named ${moment.cause}, where nothing is lost`] : [];
  if (!moment?.cause || !moment.confidence) return [`named no cause, where ${right.causes.join(' or ')} is right`];
  const { cause, confidence, text } = moment;
  const found: string[] = [];
  if (!right.causes.includes(cause)) found.push(`named ${cause}, where ${right.causes.join(' or ')} is right`);
  if (rank(confidence) > rank(right.atMost)) found.push(`was ${confidence}, where it can be ${right.atMost} at most`);
  if (right.atLeast && rank(confidence) < rank(right.atLeast)) found.push(`was only ${confidence}`);
  // Once the loss is over, the dialog no longer speaks of it.
  if (text === '') return found;
  for (const words of right.says ?? []) if (!words.test(text)) found.push(`does not say ${words}: ${text}`);
  for (const words of right.never ?? []) if (words.test(text)) found.push(`says ${words}: ${text}`);
  return found;
}

export function mark(moment: Moment | undefined, right: Expectation | null): Mark {
  if (faults(moment, right).length === 0) return 'right';
  if (!moment?.cause) return 'nothing';
  const named = right?.causes.includes(moment.cause) || GENERAL.includes(moment.cause);
  if (named) return 'vague';
  return moment.confidence === 'certain' ? 'wrong for certain' : 'wrong';
}

const rank = (confidence: Confidence) => CONFIDENCES.indexOf(confidence);

/** The page itself sees it. */
export const certain = (...causes: string[]): Expectation => ({ causes, atMost: 'certain', atLeast: 'certain' });
/** The page itself sees it, and nothing proves it. */
export const probable = (...causes: string[]): Expectation => ({ causes, atMost: 'probable' });
/** Only the portal's server sees it, so that it need not hold for this browser. */
export const seenByServer = probable;
/** Right, whether or not what this browser saw makes it certain. */
export const either = (...causes: string[]): Expectation => ({ causes, atMost: 'certain' });

/** All that a page can know by itself when nothing arrives. */
export const dark = probable('unreachable-or-untrusted');
/** All that it can know where an answer arrives that the browser does not let it read. */
export const unread = probable('not-drp-or-bad-gateway');

/** Steps that end at a warning page without a button. */
export const ACCEPT = /accept (its|the|only a) certificate/i;
