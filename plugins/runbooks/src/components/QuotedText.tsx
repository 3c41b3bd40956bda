import { Fragment } from 'react';
import { ForeignText } from './ForeignText';

const CODE = /`([^`]+)`/;

/** A sentence in which commands stand between backticks, as in Markdown: they are shown as code, without them. */
export function QuotedText({ text }: { text: string }) {
  return (
    <>
      {text.split(CODE).map((piece, index) => (
        // Every second piece is what stood between two of them.
        <Fragment key={index}>
          {index % 2 === 1 ? (
            <code>
              <ForeignText text={piece} />
            </code>
          ) : (
            <ForeignText text={piece} />
          )}
        </Fragment>
      ))}
    </>
  );
}
