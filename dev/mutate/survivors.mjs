import { relative } from 'node:path';

const NOTICED = ['Killed', 'Timeout'];
const COUNTED = [...NOTICED, 'Survived', 'NoCoverage'];
const LONGEST = 100;

/** How many of the changes to a folder were noticed, and in per cent. What does not compile is no change. */
export function scoreLine(folder, mutants) {
  const counted = mutants.filter(({ status }) => COUNTED.includes(status));
  const noticed = counted.filter(({ status }) => NOTICED.includes(status));
  const percent =
    counted.length === 0 ? 100 : (100 * noticed.length) / counted.length;
  const reached = counted.filter(({ status }) => status !== 'NoCoverage');
  return {
    percent,
    line: `${folder}: ${noticed.length} of ${
      counted.length
    } changes noticed (${percent.toFixed(1)} %); ${
      counted.length - reached.length
    } are reached by no test`,
  };
}

/** The changes that no test noticed, with their places: `file:line:column what became of it`. */
export function survivorLines(mutants, checkout) {
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ fileName, location: { start }, status, replacement }) => {
      const place = `${relative(checkout, fileName)}:${start.line}:${
        start.column + 1
      }`;
      const text = replacement.replace(/\s+/g, ' ').slice(0, LONGEST);
      return `${place} -> ${text}${
        status === 'NoCoverage' ? ' (reached by no test)' : ''
      }`;
    });
}
