import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, destroys, reads } from '../verdict';

const gh = verbTool(
  'gh',
  {
    values:
      'R repo h hostname json q jq t template L limit X method f raw-field F field H header input b body title B base',
    flags: '',
    confirmedBy: ['with-token', 'yes'],
    before: (options, call, scene) => {
      if (options.operands[0]?.value !== 'api') return undefined;
      const method =
        options.value('X', 'method')?.value.toUpperCase() ??
        (options.has('f', 'F', 'raw-field', 'field', 'input') ? 'POST' : 'GET');
      const path = options.operands[1]
        ? scene.show(options.operands[1].value)
        : '';
      void call;
      if (method === 'DELETE') return destroys(`deletes ${path}`);
      if (method === 'GET') {
        return reads(`asks GitHub: ${path}`);
      }
      if (
        path === 'graphql' &&
        !options.has('input') &&
        !options.unclear &&
        !/mutation|@/.test(call.args.map(one => one.value).join(' '))
      ) {
        return reads('asks GitHub');
      }
      return changes(`sends ${method} to ${path}`);
    },
  },
  `
read | auth status, repo view, repo list, pr list, pr view, pr status, pr diff, pr checks, issue list, issue view, issue status, run list, run view, run watch, workflow list, workflow view, release list, release view, search, gist list, gist view, secret list, variable list, label list, status, cache list, ruleset list, org list, project list, variable get, attestation verify | looks at GitHub: {names}
read secrets | auth token | prints a token
files | repo clone, pr checkout, release download, run download, auth logout, auth setup-git, config, alias, extension, gist clone, repo set-default | changes files: {names}
files asks | auth login, auth refresh | logs in to GitHub
change | pr create, pr merge, pr close, pr reopen, pr review, pr comment, pr edit, pr ready, issue create, issue close, issue comment, issue edit, issue reopen, workflow run, workflow enable, workflow disable, run rerun, run cancel, release create, release upload, release edit, repo create, repo edit, repo fork, repo sync, secret set, variable set, label create, label edit, gist create, repo rename, repo archive, issue transfer, issue pin, issue lock, label clone, repo unarchive, pr update-branch | changes GitHub: {names}
destructive | repo delete, issue delete, release delete, secret delete, variable delete, run delete, gist delete, label delete, cache delete, release delete-asset | deletes on GitHub: {names}
`,
);

/** Clients of the places where repositories live. */
export const forges: Record<string, ToolRule> = {
  gh,
  glab: verbTool(
    'glab',
    { values: 'R repo' },
    `
read | mr list, mr view, mr diff, issue list, issue view, ci list, ci status, ci view, pipeline list, pipeline status, repo view, repo list, release list, release view, auth status, job artifact | looks at GitLab
change | mr create, mr merge, mr close, issue create, issue close, ci run, ci retry, ci trigger, pipeline run, release create, mr approve, mr note, issue note, variable set | changes GitLab: {names}
destructive | mr delete, issue delete, repo delete, ci delete, pipeline delete, release delete, variable delete | deletes on GitLab: {names}
`,
  ),
};
