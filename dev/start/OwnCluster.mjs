import { join } from 'node:path';
import { buildControlPlane } from '../cluster/buildControlPlane.mjs';
import { prepareCluster } from '../cluster/layout.mjs';
import { builtTools, provideTools } from '../cluster/provideTools.mjs';
import { startCluster } from '../cluster/startCluster.mjs';
import { makePassableDirectory } from '../places.mjs';
import { Refusal } from '../say.mjs';
import { applyExamples, EXAMPLES } from './applyExamples.mjs';

const STEPS = 3;

/**
 * The cluster that the portal looks at, made by ourselves.
 *
 * Everything about it is known before it exists, so the portal can be started
 * first and finds it once it is there.
 */
export class OwnCluster {
  #prepared;
  #toolsFolder;

  static async prepare({ folder, toolsFolder, ports }) {
    makePassableDirectory(toolsFolder);
    return new OwnCluster(await prepareCluster({ folder, ports }), toolsFolder);
  }

  constructor(prepared, toolsFolder) {
    this.#prepared = prepared;
    this.#toolsFolder = toolsFolder;
  }

  /** What the portal has to know. */
  get access() {
    return {
      url: this.#prepared.url,
      // Whoever may use the kubernetes plugin's proxy has this one, which only reads.
      token: this.#prepared.tokenOf('viewer'),
      runsToken: this.#prepared.tokenOf('portal'),
      caFile: this.#prepared.caFile,
    };
  }

  /** The kubeconfig of a person who may do everything. */
  get kubeconfig() {
    return this.#prepared.kubeconfigs.admin;
  }

  get auditLog() {
    return join(this.#prepared.folder, 'audit.log');
  }

  /**
   * Builds what is not built yet, starts it, and makes the examples in it.
   *
   * @throws Refusal, with what cannot be done
   */
  async start({ register, notice }) {
    const built = await buildControlPlane({
      onProgress: progress =>
        notice.progress({ step: 1, steps: STEPS, ...progress }),
    });
    if (built.missing)
      throw new Refusal(`There is no cluster: ${built.missing}.`);
    provideTools(this.#toolsFolder, builtTools(built.folder));

    notice.progress({
      step: 2,
      steps: STEPS,
      text: 'starting the control plane',
    });
    await startCluster({
      cluster: this.#prepared,
      programs: built.folder,
      simulated: EXAMPLES,
      register,
    });
    notice.progress({ step: 3, steps: STEPS, text: 'making the examples' });
    await applyExamples({
      kubectl: join(this.#toolsFolder, 'kubectl'),
      kubeconfig: this.kubeconfig,
      stampFile: join(this.#prepared.folder, 'examples-applied'),
    });
    notice.clear();
  }
}
