import { Fragment } from 'react';
import { entityRefsIn } from '../words/entityRefsIn';
import { EntityName } from './EntityName';
import { ForeignText } from './ForeignText';

/**
 * A sentence of ours or of the backend: what it names of the catalog by reference stands there by its name, and linked
 * but where it is `isPlain`, as on a button.
 */
export function NamedText(props: { text: string; isPlain?: boolean }) {
  const { text, isPlain } = props;
  return (
    <>
      {entityRefsIn(text).map((piece, index) => (
        <Fragment key={index}>
          {'entityRef' in piece ? (
            <EntityName entityRef={piece.entityRef} isPlain={isPlain} />
          ) : (
            <ForeignText text={piece.text} />
          )}
        </Fragment>
      ))}
    </>
  );
}
