import { Fragment } from 'react';
import { entityRefsIn } from '../words/entityRefsIn';
import { EntityName } from './EntityName';
import { ForeignText } from './ForeignText';

/** A sentence of the backend: what it names of the catalog stands there by its name, and linked, instead of by reference. */
export function NamedText({ text }: { text: string }) {
  return (
    <>
      {entityRefsIn(text).map((piece, index) => (
        <Fragment key={index}>
          {'entityRef' in piece ? (
            <EntityName entityRef={piece.entityRef} />
          ) : (
            <ForeignText text={piece.text} />
          )}
        </Fragment>
      ))}
    </>
  );
}
