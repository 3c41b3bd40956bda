/** A call is refused because too much is under way already; the message says what. */
export class TooMuchUnderWay extends Error {
  override readonly name = 'TooMuchUnderWay';
}
