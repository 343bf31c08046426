// Finds the programs that belong to an engine.
import fs from 'node:fs';
import path from 'node:path';

/** The first of these programs that is on PATH. */
export function onPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(fs.existsSync);
}

/** A file below any folder of `parent`, as Debian's folders for each architecture are. */
export function below(parent: string, file: string): string | undefined {
  const folders = fs.existsSync(parent) ? fs.readdirSync(parent) : [];
  return folders.map((folder) => path.join(parent, folder, file)).find(fs.existsSync);
}
