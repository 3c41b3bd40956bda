import { vocabulary } from '../words/vocabulary';
import { trimmedEnd, trimmedStart } from '../../text/trimmed';

const NOT_YET = vocabulary({
  en: 'tbd, tba, tbc, todo, n/a, na, none, pending, fill in, to fill in, to be defined, to be determined, to be assigned, to be confirmed, to be filled, unassigned, not assigned, vacant, unknown, name, phone, email, contact info, contact information, contact details',
  de: 'offen, noch offen, wird ergänzt, folgt',
  es: 'pendiente, por definir, a definir, por completar, completar, nombre, teléfono, correo, teléfono/correo',
  pt: 'pendente, a definir, preencher, nome, telefone',
  fr: 'à définir, à compléter, en attente, nom, téléphone',
  it: 'da definire, da completare',
  ru: 'не назначен, уточняется, заполнить',
  zh: '待定, 待填写, 待补充, 未定, 姓名, 电话, 邮箱, 无',
  ja: '未定, 未記入, 要記入, なし',
  ko: '미정, 작성 필요, 없음',
  vi: 'chưa có, cần điền, đang cập nhật',
});

const BRACKETS = ['[]', '<>', '{}'];
const DASHES = /^(?:[\s—–_.…?*-]*|xxx+|yy(?:yy)?[-/.]mm[-/.]dd)$/i;

/** True where a text stands for something that somebody should have written: "[Name]", "TBD", "(pending)", "—". */
export function isUnfilled(text: string): boolean {
  const bare = trimmedEnd(trimmedStart(text.trim(), /[_*(]/), /[_*)]/);
  return (
    isBracketed(text) ||
    DASHES.test(text.trim()) ||
    (bare.length <= 40 && NOT_YET.is(bare))
  );
}

/** All words of the text stand in one pair of brackets: "**[Name]**", "<...>". */
function isBracketed(text: string): boolean {
  const fromWord = trimmedStart(text, /\W/);
  const before = text.slice(0, text.length - fromWord.length);
  const words = trimmedEnd(fromWord, /\W/);
  const after = fromWord.slice(words.length);
  return BRACKETS.some(([open, close]) => {
    if (words === '') {
      const opened = before.indexOf(open);
      return opened !== -1 && before.includes(close, opened);
    }
    const opened = before.lastIndexOf(open);
    return (
      opened !== -1 &&
      !before.includes(close, opened) &&
      !words.includes(close) &&
      after.includes(close)
    );
  });
}
