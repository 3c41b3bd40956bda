import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { CHECKOUT } from '../places.mjs';
import { say } from '../say.mjs';
import { survivorLines } from './survivors.mjs';

/** Tells each change that no test notices as soon as that is known: a folder takes long, and may be broken off. */
class TellAtOnce {
  onMutantTested(mutant) {
    survivorLines([mutant], CHECKOUT).forEach(line => say(line));
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.Reporter, 'at-once', TellAtOnce),
];
