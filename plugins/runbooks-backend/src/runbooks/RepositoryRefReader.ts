import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { Repositories } from './Repositories';

/**
 * Reads the one file that an annotation such as `file:./on-call/identity.yaml` names, where it may be read for the
 * entity.
 */
export class RepositoryRefReader {
  readonly #repositories: Repositories;

  constructor(options: { repositories: Repositories }) {
    this.#repositories = options.repositories;
  }

  /** @throws NotFoundError, NotAllowedError, InputError with the reference. */
  async readRef(
    entity: Entity,
    ref: string,
  ): Promise<{ path: string; text: string }> {
    const place = await this.#repositories.resolve(entity, ref);
    if (place.kind === 'dir') {
      throw new InputError(`'${ref}' is a folder; expected a file`);
    }
    return {
      path: place.path,
      text: await place.repository.readText(place.path),
    };
  }
}
