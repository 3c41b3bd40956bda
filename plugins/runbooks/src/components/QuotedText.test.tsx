import { render } from '@testing-library/react';
import { QuotedText } from './QuotedText';

describe('a sentence that names commands', () => {
  it.each([
    ['`kubectl edit` opens an editor', ['kubectl edit']],
    ['runs `a` and then `b`', ['a', 'b']],
    ['names none', []],
    ["'a lone ` stays", []],
  ])('shows those of "%s" as code', (text, commands) => {
    const { container } = render(<QuotedText text={text} />);
    expect(
      [...container.querySelectorAll('code')].map(one => one.textContent),
    ).toEqual(commands);
    expect(container).toHaveTextContent(
      commands.length > 0 ? text.replace(/`/g, '') : text,
    );
  });
});
