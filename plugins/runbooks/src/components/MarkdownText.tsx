import { CodeSnippet } from '@backstage/core-components';
import {
  trimmedEnd,
  visibleMarkdown,
} from '@backstage-runbooks/plugin-runbooks-common';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { Children, isValidElement, type ReactNode } from 'react';
import ReactMarkdown, { type Options } from 'react-markdown';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import gfm from 'remark-gfm';
import { ForeignText } from './ForeignText';
import { proseAddress } from './proseAddress';
import { codeGround, hairline } from './toneColors';

const useStyles = makeStyles(
  theme => ({
    root: {
      fontSize: 14,
      lineHeight: 1.55,
      minWidth: 0,
      overflowWrap: 'anywhere',
      '& p': { margin: theme.spacing(0, 0, 1) },
      '& ul, & ol': { margin: theme.spacing(0, 0, 1), paddingLeft: 22 },
      '& ul': { listStyle: 'disc' },
      '& > :last-child, & p:last-child': { marginBottom: 0 },
      '& pre': {
        overflowX: 'auto',
        padding: theme.spacing(1, 1.5),
        borderRadius: 4,
        fontSize: 12.5,
        backgroundColor: `${codeGround(theme)} !important`,
      },
      '& code': { fontSize: '0.92em', backgroundColor: codeGround(theme) },
      '& table': {
        display: 'block',
        overflowX: 'auto',
        width: 'auto',
        borderCollapse: 'collapse',
      },
      '& th, & td': {
        padding: theme.spacing(0.5, 1),
        border: `1px solid ${hairline(theme)}`,
        textAlign: 'left',
        verticalAlign: 'top',
      },
      '& input[type=checkbox]': { marginLeft: 0 },
    },
  }),
  { name: 'RunbooksMarkdownText' },
);

/** HTML that loads nothing and names nothing: a picture is its image, and only the image has an address, to be told. */
const SHOWN_HTML: typeof defaultSchema = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames?.filter(
    name => name !== 'picture' && name !== 'source',
  ),
  attributes: {
    '*': [],
    a: ['href'],
    img: ['src', 'alt'],
    code: ['className'],
    input: ['checked', 'disabled', 'type'],
    li: [['className', 'task-list-item']],
    ol: ['start'],
    td: ['align', 'colSpan', 'rowSpan'],
    th: ['align', 'colSpan', 'rowSpan'],
    details: ['open'],
  },
  protocols: {},
};

const COMPONENTS: Options['components'] = {
  a: ({ href, children }) => (
    <ProseLink written={href ?? ''}>{children}</ProseLink>
  ),
  // Loading it would tell its author who reads, and when.
  img: ({ src, alt }) => (
    <ProseLink written={src ?? ''}>{`image: ${alt || 'no words'}`}</ProseLink>
  ),
  code: ({ inline, className, children }) => {
    const language = /language-(\w+)/.exec(className ?? '')?.[1];
    return !inline && language ? (
      <CodeSnippet
        language={language}
        text={trimmedEnd(String(children), /\n/)}
      />
    ) : (
      <code>{children}</code>
    );
  },
};

/**
 * Prose of a runbook as its team wrote it; what would show nothing is spelled visibly. Whoever reads it makes no call
 * to an address of its author: images are links, and a link says which host it leads to.
 */
export function MarkdownText({ text }: { text: string }) {
  const classes = useStyles();
  return (
    <ReactMarkdown
      className={classes.root}
      remarkPlugins={[gfm]}
      rehypePlugins={[rehypeRaw, [rehypeSanitize, SHOWN_HTML], spellOddText]}
      components={COMPONENTS}
      // Judged where they are shown, with the text that is shown for them.
      transformLinkUri={null}
      transformImageUri={undefined}
    >
      {visibleMarkdown(text)}
    </ReactMarkdown>
  );
}

function ProseLink(props: { written: string; children: ReactNode }) {
  const { href, tells } = proseAddress(props.written, textOf(props.children));
  return (
    <>
      {href === undefined ? (
        props.children
      ) : (
        <Link href={href} target="_blank" rel="noopener noreferrer nofollow">
          {props.children}
        </Link>
      )}
      {tells !== undefined && <ForeignText text={` (${tells})`} />}
    </>
  );
}

/** What a person reads of some nodes. */
function textOf(nodes: ReactNode): string {
  return Children.toArray(nodes)
    .map(node =>
      isValidElement<{ children?: ReactNode }>(node)
        ? textOf(node.props.children)
        : String(node),
    )
    .join('');
}

interface TextTree {
  type: string;
  value?: string;
  children?: TextTree[];
  properties?: Record<string, unknown>;
}

/** A character may be written as a reference (`&#x202E;`), which only the parser turns into one. */
function spellOddText() {
  return (tree: TextTree) => spell(tree);
}

function spell(node: TextTree): void {
  if (node.type === 'text' && node.value !== undefined) {
    node.value = visibleMarkdown(node.value);
  }
  const words = node.properties?.alt;
  if (node.properties && typeof words === 'string') {
    node.properties.alt = visibleMarkdown(words);
  }
  node.children?.forEach(spell);
}
