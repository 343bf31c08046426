// What the scenarios need of a browser: a dozen calls, which each engine answers by its own protocol. Whatever a person
// could not do (setting state, raising events) is left out on purpose, except `evaluate`, which is for looking.

/** The engines, by the names of their projects. */
export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** What passes between a page and a scenario. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** An engine that may be on this machine. */
export interface Engine {
  name: EngineName;
  /** What the person who has to install it calls it. */
  title: string;
  /** Whether everything that it needs is installed. */
  installed(): boolean;
  /** Starts it with a fresh profile. */
  launch(options?: LaunchOptions): Promise<Browser>;
}

export interface LaunchOptions {
  /** Take every certificate, where certificates are not what is tried. */
  acceptInsecureCerts?: boolean;
}

/** A running browser. */
export interface Browser {
  readonly version: string;
  /** Opens a tab in front of the others. */
  newTab(): Promise<Tab>;
  /** All tabs, also those that a page opened. */
  tabs(): Promise<Tab[]>;
  /** Has the person look at another tab and come back to this one. */
  lookAway(tab: Tab): Promise<void>;
  /** Ends it and what belongs to it. */
  close(): Promise<void>;
}

/** A key by the name that DOM events give it. */
export type Key = 'Tab' | 'Enter' | 'Escape';

/** One tab. */
export interface Tab {
  /** Loads an address. */
  goto(url: string): Promise<void>;
  /** Loads the page again, as the reload button does. */
  reload(): Promise<void>;
  /** Runs in the page; a text is a script of statements without a value. */
  evaluate<T, A extends Json[]>(script: string | ((...args: A) => T | Promise<T>), ...args: A): Promise<T>;
  /** Clicks with the mouse on the first visible element that matches, within open shadow roots too. */
  click(css: string, text?: string): Promise<void>;
  /** Puts a text into a field in place of what stands there. */
  type(css: string, text: string): Promise<void>;
  /** Presses a key wherever the focus is. */
  key(key: Key): Promise<void>;
  /** The page as a PNG. */
  screenshot(): Promise<Buffer>;
  /** Sets the size of the viewport, in CSS pixels, and resolves once the page has it: WebKit's least width, where that is more. */
  size(width: number, height: number): Promise<void>;
  /** Takes the network away, or gives it back; `false` where the engine's driver cannot. */
  offline(offline: boolean): Promise<boolean>;
  close(): Promise<void>;
}

/** Milliseconds. How long an engine may take to start: Firefox takes half a minute on a machine that is busy. */
export const START_LIMIT = 90_000;

/** Milliseconds. How long an element may take to appear before a click on it fails. */
export const APPEARS = 15_000;

/** Runs in the page: the first element that matches and, if a text is given, shows just that text, of those that a person can press. */
export function findDeep(css: string, text: string | null): Element | null {
  // Nothing behind an open dialog can be pressed.
  const roots: (Document | Element | ShadowRoot)[] = [document.querySelector('dialog:modal') ?? document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      const named = text === null || element.textContent?.trim() === text;
      // Firefox's warning lets its button be pressed only after a second.
      const enabled = !(element as HTMLButtonElement).disabled;
      if (named && enabled && element.matches(css) && element.getClientRects().length > 0) return element;
    }
  }
  return null;
}
