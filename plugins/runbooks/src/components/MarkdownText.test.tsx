import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { MarkdownText } from './MarkdownText';
import { proseAddress } from './proseAddress';

/** What makes a browser call an address as soon as it is there. */
const LOADING = 'img, source, picture, iframe, video, audio, link, object';

async function shown(text: string): Promise<HTMLElement> {
  await renderInTestApp(
    <div data-testid="prose">
      <MarkdownText text={text} />
    </div>,
  );
  return screen.getByTestId('prose');
}

describe('prose of a document', () => {
  it.each([
    '![the board](http://evil.example/x.png)',
    '![the board][1]\n\n[1]: http://evil.example/x.png',
    '<img alt="the board" src="http://evil.example/x.png">',
    '<picture><source srcset="http://evil.example/y.png"><img alt="the board" src="http://evil.example/x.png"></picture>',
  ])('shows an image as a link and loads nothing: %s', async text => {
    const prose = await shown(text);
    expect(prose.querySelectorAll(LOADING)).toHaveLength(0);
    expect(prose).toHaveTextContent('image: the board (evil.example)');
    const link = screen.getByRole('link', { name: 'image: the board' });
    expect(link).toHaveAttribute('href', 'http://evil.example/x.png');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    expect(prose.innerHTML).not.toContain('y.png');
  });

  it('loads nothing by a style, a background or a ping', async () => {
    const prose = await shown(
      '<p style="background:url(http://evil.example/1)">a</p><table background="http://evil.example/2"><tr><td>b</td></tr></table>\n\n<a href="https://evil.example/3" ping="https://evil.example/4">c</a>',
    );
    expect(prose.innerHTML).not.toMatch(/evil\.example\/[124]/);
    expect(screen.getByRole('link', { name: 'c' })).not.toHaveAttribute('ping');
  });

  it('says which host a link leads to', async () => {
    const prose = await shown(
      'See [the manual](//evil.example/x) and [docs.example](https://evil.example/y), or https://docs.example/a.',
    );
    expect(prose).toHaveTextContent(
      'See the manual (evil.example) and docs.example (evil.example), or https://docs.example/a.',
    );
    expect(screen.getByRole('link', { name: 'the manual' })).toHaveAttribute(
      'href',
      'https://evil.example/x',
    );
  });

  it('does not follow what is neither of the web nor of mail', async () => {
    const prose = await shown(
      '[run](javascript:alert(1)) [page](/settings) [mail](mailto:ops@example.com?body=x)',
    );
    expect(screen.getAllByRole('link')).toHaveLength(1);
    expect(prose).toHaveTextContent(
      'run (javascript:alert(1)) page (/settings) mail (ops@example.com)',
    );
  });

  it('spells characters that are written as references', async () => {
    const prose = await shown(
      'delete &#x202E;gnigats&#8238; and `a` ![&#x200B;](https://evil.example/&#x202E;)',
    );
    expect(prose.textContent).not.toMatch(/[\u202e\u200b]/);
    expect(prose).toHaveTextContent('delete \\u{202E}gnigats\\u{202E}');
  });

  it('keeps tables, lists of tasks and what is folded away', async () => {
    const prose = await shown(
      '| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n\n<details><summary>more</summary>\n\n**text**\n\n</details>',
    );
    expect(screen.getByRole('table')).toHaveTextContent('12');
    expect(screen.getByRole('checkbox')).toBeChecked();
    expect(prose.querySelector('details summary')).toHaveTextContent('more');
  });
});

describe('an address in prose', () => {
  it.each([
    ['/\\evil.example/x', 'x', 'https://evil.example/x', 'evil.example'],
    ['\\\\evil.example', 'x', 'https://evil.example/', 'evil.example'],
    [
      'https://good.example@evil.example/',
      'a',
      'https://good.example@evil.example/',
      'evil.example',
    ],
    [
      'https://evil.example',
      'evil.example',
      'https://evil.example/',
      undefined,
    ],
  ])('%s behind the text %s', (written, text, href, tells) => {
    expect(proseAddress(written, text)).toEqual({ href, tells });
  });
});
