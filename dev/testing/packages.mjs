import { join } from 'node:path';
import { oneCheck, together } from './Outcome.mjs';

/** Packs the packages and looks at them as a registry and their users would. */
export async function runPackages({ folder }) {
  const { checkPackages } = await import('../release/checkPackages.mjs');
  const { checks } = await checkPackages(join(folder, 'packages'));
  for (const { title, faults } of checks) {
    process.stdout.write(`  ${faults.length === 0 ? '✓' : '✗'} ${title}\n`);
    faults.forEach(fault => process.stdout.write(`      ${fault}\n`));
  }
  return together(
    checks.map(({ title, faults }) =>
      oneCheck(faults.length === 0, `not true: ${title}`),
    ),
  );
}
