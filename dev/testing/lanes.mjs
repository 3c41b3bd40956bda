import { runBrowser, runDocuments, runPictures } from './browserTests.mjs';
import { runLint, runTypes } from './checks.mjs';
import { runCluster, runFuzz, runPostgres, runUnit } from './jest.mjs';
import { runInstall } from './install.mjs';
import { runPackages } from './packages.mjs';

/*
 * The lanes in the order of their speed: what fails early is known early.
 * `needs` names what a machine may lack; see `runLanes`. What is `onlyByName` is
 * not part of `npm test` without names.
 */
export const LANES = [
  {
    name: 'lint',
    title: 'Lint, format, rules of the house',
    needs: [],
    run: runLint,
  },
  { name: 'types', title: 'Types', needs: [], run: runTypes },
  { name: 'unit', title: 'Unit tests', needs: [], run: runUnit },
  {
    name: 'packages',
    title: 'Packages as they are published',
    needs: [],
    run: runPackages,
  },
  { name: 'fuzz', title: 'Random input', needs: [], run: runFuzz },
  {
    name: 'postgres',
    title: 'Tests on a real Postgres',
    needs: [],
    run: runPostgres,
  },
  {
    name: 'cluster',
    title: 'Tests in front of a real API server',
    needs: ['controlPlane', 'sandbox'],
    run: runCluster,
  },
  {
    name: 'browser',
    title: 'Journeys in a browser',
    needs: ['controlPlane', 'sandbox', 'browser'],
    run: runBrowser,
  },
  {
    name: 'documents',
    title: 'Every procedure of five real documents',
    needs: ['controlPlane', 'sandbox', 'browser'],
    run: runDocuments,
    // A quarter of an hour, for what the journeys show of the same systems in five minutes.
    onlyByName: true,
  },
  {
    name: 'pictures',
    title: 'The pictures of the README, made anew',
    needs: ['controlPlane', 'sandbox', 'browser'],
    run: runPictures,
    // It changes files of the checkout.
    onlyByName: true,
  },
  {
    name: 'install',
    title: 'The README followed in fresh apps',
    needs: ['controlPlane', 'sandbox', 'browser'],
    run: runInstall,
    // Four apps with all that Backstage brings: about 20 minutes and eight gigabytes.
    onlyByName: true,
  },
];
