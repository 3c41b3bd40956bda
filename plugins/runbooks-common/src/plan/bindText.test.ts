import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import type {
  PlaceholderForm,
  PlaceholderPlace,
  PlaceholderUse,
} from '../shell/model';
import { applyEdits, bindingEdits, quotingAt } from './bindText';

interface BindCase {
  text: string;
  written: string;
  place: PlaceholderPlace;
  form?: PlaceholderForm;
  becomes: string;
}

describe('putting a value where the document has a placeholder', () => {
  it.each<BindCase>([
    {
      text: 'kubectl logs <pod> -n x',
      written: '<pod>',
      place: 'word',
      becomes: 'kubectl logs "${RUNBOOKS_P_POD}" -n x',
    },
    {
      text: 'kubectl get deploy/<pod>',
      written: '<pod>',
      place: 'word',
      becomes: 'kubectl get deploy/"${RUNBOOKS_P_POD}"',
    },
    {
      text: 'echo "pod <pod> is up"',
      written: '<pod>',
      place: 'double',
      becomes: 'echo "pod ${RUNBOOKS_P_POD} is up"',
    },
    {
      text: "grep 'a <pod> b'",
      written: '<pod>',
      place: 'single',
      becomes: `grep 'a '"\${RUNBOOKS_P_POD}"' b'`,
    },
    {
      text: `sh -c 'ls <pod>'`,
      written: '<pod>',
      place: 'nested',
      becomes: `sh -c 'ls '"\${RUNBOOKS_P_POD}"''`,
    },
    {
      text: `sh -c "ls <pod>"`,
      written: '<pod>',
      place: 'nested',
      becomes: 'sh -c "ls ${RUNBOOKS_P_POD}"',
    },
    {
      text: 'kubectl logs $POD',
      written: '$POD',
      place: 'unquoted',
      form: 'variable',
      becomes: 'kubectl logs ${RUNBOOKS_P_POD}',
    },
    {
      text: 'kubectl logs ${POD:-web-0}',
      written: '${POD:-web-0}',
      place: 'unquoted',
      form: 'variable',
      becomes: 'kubectl logs ${RUNBOOKS_P_POD:-web-0}',
    },
    {
      text: ': ${POD:=web-0}',
      written: '${POD:=web-0}',
      place: 'unquoted',
      form: 'variable',
      becomes: ': ${POD:=${RUNBOOKS_P_POD:-web-0}}',
    },
    {
      text: 'echo "${#POD} ${POD%-0}"',
      written: '${#POD}',
      place: 'double',
      form: 'variable',
      becomes: 'echo "${#RUNBOOKS_P_POD} ${POD%-0}"',
    },
    {
      text: 'export POD="a b"',
      written: '"a b"',
      place: 'assignment',
      form: 'export',
      becomes: 'export POD="${RUNBOOKS_P_POD}"',
    },
    {
      text: '<pod> --help',
      written: '<pod>',
      place: 'none',
      becomes: '<pod> --help',
    },
  ])('$text ($place)', ({ text, written, place, form, becomes }) => {
    expect(bind(text, use(text, written, place, form))).toBe(becomes);
  });

  it('hands any value whatsoever to the command as one word, unchanged', () => {
    const shapes: Array<[string, PlaceholderPlace]> = [
      ['printf %s <pod>', 'word'],
      ['printf %s "<pod>"', 'double'],
      ["printf %s '<pod>'", 'single'],
    ];
    const values = fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          '$',
          '(',
          ')',
          '`',
          ';',
          '\n',
          ' ',
          '\\',
          'a',
          '-',
          '*',
          '|',
          '&',
          '<',
          '>',
          '#',
          '{',
          '}',
          '!',
        ),
        { maxLength: 12 },
      )
      .map(chars => chars.join(''));
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        values,
        ([text, place], value) => {
          const bound = bind(text, use(text, '<pod>', place));
          const { stdout, status } = spawnSync('bash', ['-c', bound], {
            env: { RUNBOOKS_P_POD: value, PATH: process.env.PATH },
            encoding: 'utf8',
          });
          expect({ stdout, status }).toEqual({ stdout: value, status: 0 });
        },
      ),
      { numRuns: 120 },
    );
  });

  it.each([
    { text: `a 'b`, quoting: 'single' },
    { text: `a "b`, quoting: 'double' },
    { text: `a "it's" b`, quoting: 'none' },
    { text: `# don't\nb`, quoting: 'none' },
    { text: `a \\' b`, quoting: 'none' },
    { text: `a 'b # c`, quoting: 'single' },
  ])(
    'knows that the end of $text stands in quotes: $quoting',
    ({ text, quoting }) => {
      expect(quotingAt(text, text.length)).toBe(quoting);
    },
  );
});

function use(
  text: string,
  written: string,
  place: PlaceholderPlace,
  form: PlaceholderForm = 'angle',
): PlaceholderUse {
  const start = text.indexOf(written);
  return {
    parameter: 'POD',
    form,
    place,
    start,
    end: start + written.length,
    written,
  };
}

function bind(text: string, placeholder: PlaceholderUse): string {
  return applyEdits(text, bindingEdits(text, [placeholder]));
}
