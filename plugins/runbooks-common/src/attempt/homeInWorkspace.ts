/**
 * The folder of a workspace that holds what a run keeps of its steps' home: `~/backup.yaml` of one step is
 * `.home/backup.yaml` of the workspace, and `~/backup.yaml` again in the next. Files whose name begins with a dot are
 * not kept.
 *
 * @public
 */
export const HOME_IN_WORKSPACE = '.home';
