import { createRequire } from 'node:module';

/** Loaded when it is first needed: this file is read before the packages are installed. */
let ts;

/** Components that show every text among their children through ForeignText. */
const SHOWING_FOREIGN =
  /^(?:Tag|Notice|Panel|Fact|Disclosure|Unseen|PageHead|MarkdownText)$/;

/**
 * What may stand raw in the markup, because this product wrote it: words of our tables, numbers, times, what a hook of
 * translations gives, and children, which were checked where they were written.
 */
const OUR_WORDS = [
  /^t\(/,
  /^foreignChildren\(/,
  /^(?:count|duration|moment|columnMoment|dayTime|ago|in|refusal|size)Words\(.*\)$/s,
  /^runStateLabel\(state\)$/,
  /^(?:words|button|props)\.(?:label|submit)$/,
  /^(?:label|last|results|icon)$/,
  /^(?:phase\.roleLabel|step\.typeLabel|row\.kind|health\.says|turn\.when)$/,
  /^(?:count|used\.more|list\.(?:found|total|shown)|(?:group\.steps|parts|buffer\.lines)\.length|step\.number|problem\.line)$/,
  /^line\.hash\.slice\(0, 8\)$/,
  /^[A-Z]+\[.*\]$/,
  // Markup that a component was given is judged where it was written.
  /^(?:renderStep\(group\.step\)|group\.steps\.map\(renderStep\))$/,
  /^(?:props\.)?(?:children|action|actions|head|side|main|end|tags|summary|facts|whatToDo)$/,
];

/**
 * The expressions in the markup of a file whose text is shown as it is, each with its line. Everything is one that is
 * neither markup, nor a literal, nor our own word: so a name that nobody thought of is found too.
 */
export function rawJsxText(path, text) {
  ts ??= createRequire(import.meta.url)('typescript');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  visit(file);
  return found;

  function visit(node) {
    if (ts.isJsxExpression(node) && node.expression && isShown(node)) {
      for (const leaf of leavesOf(node.expression)) {
        const words = leaf.getText(file);
        if (OUR_WORDS.some(pattern => pattern.test(words))) continue;
        const { line } = file.getLineAndCharacterOfPosition(
          leaf.getStart(file),
        );
        found.push({ line: line + 1, words });
      }
    }
    ts.forEachChild(node, visit);
  }

  /** A child of markup; the value of an attribute is judged where the component shows it. */
  function isShown({ parent }) {
    if (ts.isJsxFragment(parent)) return true;
    return (
      ts.isJsxElement(parent) &&
      !SHOWING_FOREIGN.test(parent.openingElement.tagName.getText(file))
    );
  }
}

/** What an expression can show, with its conditions left aside. */
function leavesOf(node) {
  if (ts.isParenthesizedExpression(node)) return leavesOf(node.expression);
  if (ts.isConditionalExpression(node)) {
    return [...leavesOf(node.whenTrue), ...leavesOf(node.whenFalse)];
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) {
      return leavesOf(node.right);
    }
    return [...leavesOf(node.left), ...leavesOf(node.right)];
  }
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.flatMap(({ expression }) => leavesOf(expression));
  }
  if (isMapping(node)) return leavesOf(node.arguments.at(-1).body);
  return isMarkupOrLiteral(node) ? [] : [node];
}

/** `list.map(one => <li/>)` shows what the function gives; one with statements is not looked through. */
function isMapping(node) {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    ['map', 'flatMap', 'from'].includes(node.expression.name.text) &&
    ts.isArrowFunction(node.arguments.at(-1)) &&
    !ts.isBlock(node.arguments.at(-1).body)
  );
}

function isMarkupOrLiteral(node) {
  return (
    ts.isJsxElement(node) ||
    ts.isJsxSelfClosingElement(node) ||
    ts.isJsxFragment(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    [
      ts.SyntaxKind.NullKeyword,
      ts.SyntaxKind.TrueKeyword,
      ts.SyntaxKind.FalseKeyword,
    ].includes(node.kind)
  );
}
