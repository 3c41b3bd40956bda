import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { publishedPackages } from './packages.mjs';

/**
 * What each entry point of the published packages offers, as a report that is reviewed like code: a Map of the path of
 * the report in the repository to its text. Reads the declarations in `dist-types`.
 *
 * @param folder where the reports are made
 */
export function makeApiReports(folder) {
  const reports = new Map();
  for (const one of publishedPackages()) {
    // A command line has no API.
    if (one.manifest.backstage.role === 'cli') continue;
    for (const [mount, source] of Object.entries(one.manifest.exports)) {
      if (!/\.tsx?$/.test(source)) continue;
      const name = reportName(mount);
      const text = makeReport(one, { name, source, folder });
      reports.set(join(one.folder, name), text);
    }
  }
  return reports;
}

/** One sentence for each report that is not what the code offers. */
export function apiReportFaults(reports) {
  return [...reports]
    .filter(([path, text]) => readIfThere(join(CHECKOUT, path)) !== text)
    .map(
      ([path]) =>
        `${path} is not what the package offers (npm run -s api-reports writes it; look at what changed)`,
    );
}

/** Writes the reports where they are reviewed. */
export function writeApiReports(reports) {
  for (const [path, text] of reports) {
    writeFileSync(join(CHECKOUT, path), text);
  }
}

function reportName(mount) {
  const name = mount.replace(/^\.\/?/, '');
  return name ? `report-${name}.api.md` : 'report.api.md';
}

function makeReport(one, { name, source, folder }) {
  const reportFolder = join(folder, basename(one.folder));
  mkdirSync(reportFolder, { recursive: true });
  const declarations = join(
    CHECKOUT,
    'dist-types',
    one.folder,
    source.replace(/\.tsx?$/, '.d.ts'),
  );
  /** @type {any} */
  const settings = {
    configObjectFullPath: join(one.path, 'api-extractor.json'),
    packageJsonFullPath: join(one.path, 'package.json'),
    configObject: {
      projectFolder: one.path,
      mainEntryPointFilePath: declarations,
      bundledPackages: [],
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: join(CHECKOUT, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFileName: name.replace('.api.md', ''),
        reportFolder,
        reportTempFolder: join(reportFolder, 'temp'),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: {
          default: { logLevel: 'none' },
          // What a user of the package meets and cannot name.
          'ae-forgotten-export': {
            logLevel: 'warning',
            addToApiReportFile: true,
          },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  };
  const config = ExtractorConfig.prepare(settings);
  Extractor.invoke(config, {
    localBuild: true,
    showVerboseMessages: false,
    messageCallback: message => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  // The same wherever the checkout lies.
  return readFileSync(join(reportFolder, name), 'utf8').replaceAll(
    join(CHECKOUT, 'dist-types/'),
    '',
  );
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
