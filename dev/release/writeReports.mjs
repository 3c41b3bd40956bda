import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApiReports, writeApiReports } from './apiReports.mjs';
import { writeTypes } from './packPackages.mjs';

/* `npm run -s api-reports`: writes the reports of what the published packages offer. */
const folder = mkdtempSync(join(tmpdir(), 'runbooks-api-'));
try {
  await writeTypes();
  writeApiReports(makeApiReports(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
