import { fold, vocabulary } from './vocabulary';

describe('words of one meaning in many languages', () => {
  const undo = vocabulary({
    en: 'roll back*, undo, #',
    de: 'zurückroll*',
    zh: '回滚',
    ko: '롤백',
    vi: 'lùi lại, đầy',
  });

  it.each([
    ['Roll back the release', true],
    ['ROLLBACK_PLAN_v2', true],
    ['Rollbacks', true],
    ['roll-back', true],
    ['Dienst zurückrollen', true],
    ['Dienst zuruckrollen', true],
    ['数据库回滚方案', true],
    ['긴급롤백절차', true],
    ['Lùi lại bản trước', true],
    ['Day 1', false],
    ['undone', false],
    ['scroll back', false],
    ['', false],
  ])('"%s" holds one: %s', (text, holds) => {
    expect(undo.isIn(text)).toBe(holds);
  });

  it('a text is a word where nothing but marks stands around it', () => {
    expect(undo.is(' **Undo**:')).toBe(true);
    expect(undo.is('Undo it')).toBe(false);
    expect(undo.is('Scroll')).toBe(false);
  });

  it('a text opens with a word where only marks stand before it', () => {
    expect(undo.opens('🚀 Undo the change')).toBe(true);
    expect(undo.opens('How to undo')).toBe(false);
  });

  it('accents and case do not count, and other scripts keep their letters', () => {
    expect(fold('Überprüfung der Straße')).toBe('uberprufung der strasse');
    expect(fold('復旧バックアップ')).toBe(fold('復旧バックアップ'));
    expect(fold('Đăng nhập')).toBe('dang nhap');
  });
});
