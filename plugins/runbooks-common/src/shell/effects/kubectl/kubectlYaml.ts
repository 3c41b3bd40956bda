import type { ParseOptions, DocumentOptions, SchemaOptions, Tags } from 'yaml';

const NOT_OF_KUBECTL = /(?:timestamp|binary|omap|pairs|set)$/;

/**
 * How kubectl reads YAML: by its version 1.1, where `yes` and `off` are truth values, `010` is 8 and `<<` merges, but
 * without times, bytes and numbers to the base of 60, and with `y` and `n` as plain words.
 */
export const KUBECTL_YAML: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  logLevel: 'silent',
  // Quoting the place of each error takes time with the square of their number.
  prettyErrors: false,
  customTags: tags => tags.filter(isOfKubectl).map(withoutLetters),
};

function isOfKubectl(tag: Tags[number]): boolean {
  return (
    typeof tag === 'string' ||
    !(
      NOT_OF_KUBECTL.test(tag.tag) ||
      ('format' in tag && tag.format === 'TIME')
    )
  );
}

function withoutLetters(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || !/:bool$/.test(tag.tag)) return tag;
  const isTrue = 'test' in tag && tag.test?.test('true');
  return {
    ...tag,
    test: isTrue
      ? /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/
      : /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
  } as Tags[number];
}
