/** A watch found more than it may keep. */
export class TooManyObjects extends Error {
  override readonly name = 'TooManyObjects';

  constructor(maxObjects: number) {
    super(
      `there are more than ${maxObjects}; annotate the entity with backstage.io/kubernetes-namespace to watch one namespace only`,
    );
  }
}
