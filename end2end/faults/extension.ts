// A browser extension that blocks an endpoint, as filter lists and shields do: its own rules, in the browser's own blocker.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** What of the page's requests it stops. */
export type Blocked = 'xmlhttprequest' | 'websocket';

export class Extension {
  private constructor(private readonly folder: string) {}

  /** Writes one that stops these requests to a port, whatever name they call the host by. */
  static async blocking(port: string, resourceTypes: readonly Blocked[]): Promise<Extension> {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'extension-'));
    const manifest = {
      manifest_version: 3,
      name: 'Shield',
      version: '1',
      permissions: ['declarativeNetRequest'],
      host_permissions: ['<all_urls>'],
      declarative_net_request: { rule_resources: [{ id: 'rules', enabled: true, path: 'rules.json' }] },
    };
    const rules = [
      { id: 1, action: { type: 'block' }, condition: { urlFilter: `://localhost:${port}/`, resourceTypes } },
    ];
    await fs.writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
    await fs.writeFile(path.join(folder, 'rules.json'), JSON.stringify(rules));
    return new Extension(folder);
  }

  /** Chromium's options for it. */
  get args(): string[] {
    return [`--load-extension=${this.folder}`, `--disable-extensions-except=${this.folder}`];
  }

  remove = () => fs.rm(this.folder, { recursive: true });
}
