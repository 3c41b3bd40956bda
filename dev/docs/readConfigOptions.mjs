import ts from 'typescript';

/**
 * The options that a `config.d.ts` declares, as a flat list in its order:
 * `{ key, type, isOptional, description, visibility }`.
 *
 * Groups are in the list before what they hold, with the type `object` or `object[]`. A name that the operator chooses
 * stands as NAME in `key`, a list as `[]`. Visibility is `backend` where nothing else is said, as Backstage has it.
 */
export function readConfigOptions(text) {
  const source = ts.createSourceFile(
    'config.d.ts',
    text,
    ts.ScriptTarget.Latest,
    true,
  );
  const config = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find(one => one.name.text === 'Config');
  if (!config) throw new Error('config.d.ts: there is no interface Config');
  return config.members.flatMap(member => optionsOf(member, '', source));
}

function optionsOf(member, parent, source) {
  const name = ts.isIndexSignatureDeclaration(member)
    ? 'NAME'
    : member.name.getText(source);
  const key = parent ? `${parent}.${name}` : name;
  const { type, members, isList } = shapeOf(member.type, source);
  const { description, visibility } = commentOf(member);
  const own = {
    key,
    type,
    isOptional: Boolean(member.questionToken),
    description,
    visibility,
  };
  const below = members.flatMap(one =>
    optionsOf(one, isList ? `${key}[]` : key, source),
  );
  // What the operator names is told by what it holds.
  return name === 'NAME' ? below : [own, ...below];
}

function shapeOf(type, source) {
  if (ts.isTypeLiteralNode(type)) {
    return { type: 'object', members: [...type.members], isList: false };
  }
  const element =
    ts.isTypeReferenceNode(type) && type.typeName.getText(source) === 'Array'
      ? type.typeArguments[0]
      : undefined;
  if (element && ts.isTypeLiteralNode(element)) {
    return { type: 'object[]', members: [...element.members], isList: true };
  }
  return { type: type.getText(source), members: [], isList: false };
}

function commentOf(member) {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const tag = comment?.tags?.find(one => one.tagName.text === 'visibility');
  return {
    description: plain(ts.getTextOfJSDocComment(comment?.comment)),
    visibility: plain(ts.getTextOfJSDocComment(tag?.comment)) || 'backend',
  };
}

function plain(text = '') {
  return text.replace(/\s+/g, ' ').trim();
}
