import { createTheme, ThemeProvider } from '@material-ui/core/styles';
import { terminalSegments } from '@backstage-runbooks/plugin-runbooks-common';
import { fireEvent, render, screen } from '@testing-library/react';
import { CommandText } from '../features/step/CommandText';
import { ForeignSegments, ForeignText } from './ForeignText';
import { Notice } from './Notice';
import { PageHead } from './PageHead';
import { Tag } from './Tag';

describe('a foreign text on the page', () => {
  it.each([
    ['\\u{202E}', 'right-to-left override (U+202E)', 'rm \u202Egpj.x'],
    ['\\u{200B}', 'zero-width space (U+200B)', 'pay\u200Bments'],
    ['\\r', 'carriage return (U+000D)', 'ls\rrm'],
    [
      '… 5000 blanks …',
      'folded here: 5000 blanks',
      `ls${' '.repeat(5000)}; rm`,
    ],
    ['p\u0430y', 'mixes scripts: \u0430 is U+0430', 'ns p\u0430y'],
    ['[redacted]', 'a secret value was here', 'a [redacted] b'],
  ])('shows %s with the title "%s"', (shown, title, text) => {
    render(<ForeignText text={text} />);
    expect(screen.getByTitle(title)).toHaveTextContent(shown);
  });

  it('has no mark and no element where it is what it shows', () => {
    const { container } = render(<ForeignText text="kubectl get pods" />);
    expect(container.innerHTML).toBe('kubectl get pods');
  });

  it('keeps its direction to itself', () => {
    const { container } = render(<ForeignText text="שלום (1)" />);
    expect(container.querySelector('bdi')).toHaveTextContent('שלום (1)');
  });

  it.each([
    ['light', '#7a4300'],
    ['dark', '#ffcf8a'],
  ] as const)(
    'is marked in the %s theme, so that it can be read',
    (type, color) => {
      render(
        <ThemeProvider theme={createTheme({ palette: { type } })}>
          <ForeignText text={'a\u200Bb'} />
        </ThemeProvider>,
      );
      expect(screen.getByText('\\u{200B}')).toHaveStyle({ color });
    },
  );

  it('is marked in notices, tags and heads of pages', () => {
    render(
      <>
        <Notice tone="info" title={'a\u200Ba'}>
          {'b\u200Bb'} and {'c\u200Bc'}
        </Notice>
        <Tag>{'d\u200Bd'}</Tag>
        <PageHead
          crumbs={'e\u200Be'}
          crumbsLabel="Place"
          title={'f\u200Bf'}
          tags={null}
          facts={null}
        />
      </>,
    );
    expect(screen.getAllByText('\\u{200B}')).toHaveLength(6);
  });

  it('shows what was written over, a long one on demand', () => {
    const bar = Array.from({ length: 100 }, (_, n) => `${n}%\r`).join('');
    render(<ForeignSegments segments={terminalSegments(`${bar}done`)} />);
    expect(screen.queryByText(/42%/)).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: /were written over/ }));
    expect(screen.getByTitle('was written over')).toHaveTextContent('42%');
  });
});

describe('a command on the page', () => {
  it('shows a hidden direction, what stands behind many blanks, and copies the same', () => {
    const text = `kubectl get pods \u202E${' '.repeat(5000)}; rm -rf /`;
    const { container } = render(<CommandText text={text} commands={[]} />);
    expect(container.querySelector('pre')).toHaveTextContent(
      'kubectl get pods \\u{202E}… 5000 blanks …; rm -rf /',
    );
  });

  it('shows that empty lines were folded and what comes behind them', () => {
    const text = `ls # look\n${'\n'.repeat(300)}rm -rf <dir>`;
    const at = text.indexOf('<dir>');
    const { container } = render(
      <CommandText
        text={text}
        commands={[]}
        blanks={[{ start: at, end: at + 5 }]}
      />,
    );
    expect(container.querySelectorAll('pre > code')).toHaveLength(2);
    expect(container.querySelector('pre')).toHaveTextContent(
      'ls # look … 300 empty lines …rm -rf <dir>',
    );
  });

  it('is whole where nothing is marked, line by line', () => {
    const text = 'a=1 # one\n\nkubectl get pods \\\n  -n shop';
    const { container } = render(<CommandText text={text} commands={[]} />);
    const lines = [...container.querySelectorAll('pre > code')];
    expect(lines.map(line => line.textContent).join('\n')).toBe(text);
  });
});
